// How large an archive may be, and the table of the sizes.

import { expect, test } from 'bun:test';
import { COMPRESSION, renderSizes, requireLimits } from '../../src/release/sizes.ts';
import { TARGETS } from '../../src/release/targets.ts';

const RUNTIME = { raw: 100_000_000, gzip: 50_000_000, xz: 40_000_000 };
const AT_LIMIT = { raw: 900_000_000, gzip: 52_550_000, xz: 42_000_000 };
const LINUX = { name: 'kscli-1.0.0-linux-x64', target: 'linux-x64', sizes: AT_LIMIT, runtime: RUNTIME } as const;
const WINDOWS = {
  name: 'kscli-1.0.0-windows-x64',
  target: 'windows-x64',
  sizes: { raw: 105_000_000, gzip: 51_000_000 },
  runtime: { raw: 100_000_000, gzip: 50_000_000 },
} as const;

test('an archive at its limit passes, however large the binary is, and so does a target without xz', () => {
  expect(() => requireLimits(LINUX)).not.toThrow();
  expect(() => requireLimits(WINDOWS)).not.toThrow();
});

test('one byte over the limit fails the release, with target, compression, both sizes and ratio', () => {
  const sizes = { ...AT_LIMIT, xz: AT_LIMIT.xz + 1 };
  expect(() => requireLimits({ ...LINUX, sizes })).toThrowErrorMatchingInlineSnapshot(
    `"kscli-1.0.0-linux-x64 is too large: in xz 42000001 bytes, 1.0500 times the bare runtime's 40000000; the limit is 1.05 times"`,
  );
});

test('every compression that is over its limit is named', () => {
  const sizes = { raw: 1, gzip: 60_000_000, xz: 50_000_000 };
  expect(() => requireLimits({ ...LINUX, sizes })).toThrowErrorMatchingInlineSnapshot(
    `"kscli-1.0.0-linux-x64 is too large: in gzip 60000000 bytes, 1.2000 times the bare runtime's 50000000; the limit is 1.051 times; in xz 50000000 bytes, 1.2500 times the bare runtime's 40000000; the limit is 1.05 times"`,
  );
});

test('each target has a limit of its own, in each compression that its archives have', () => {
  const sizes = { raw: 1, gzip: 53_000_000, xz: 42_400_000 };
  expect(() => requireLimits({ ...LINUX, target: 'darwin-x64', sizes })).not.toThrow();
  expect(() => requireLimits({ ...LINUX, sizes })).toThrow('kscli-1.0.0-linux-x64 is too large');
  for (const { name, archives } of TARGETS) {
    const compressions = archives.map((format) => COMPRESSION[format]);
    const small = Object.fromEntries(compressions.map((compression) => [compression, 1]));
    expect(() => requireLimits({ name, target: name, sizes: small, runtime: RUNTIME })).not.toThrow();
  }
  expect(() => requireLimits({ ...LINUX, target: 'windows-x64' })).toThrow(
    new Error('kscli-1.0.0-linux-x64: there is no limit for xz'),
  );
});

test('an archive without a runtime to measure it by is refused', () => {
  expect(() => requireLimits({ ...LINUX, runtime: {} })).toThrowErrorMatchingInlineSnapshot(
    `"kscli-1.0.0-linux-x64: the gzip of the bare runtime was not measured"`,
  );
});

test('the table shows millions of bytes and the ratio to the bare runtime', () => {
  expect(renderSizes([LINUX, WINDOWS])).toMatchInlineSnapshot(`
    "MB (times the bare runtime)       raw             gzip            xz
    kscli-1.0.0-linux-x64             900.0 (9.000)   52.5 (1.051)    42.0 (1.050)
    kscli-1.0.0-windows-x64           105.0 (1.050)   51.0 (1.020)    -"
  `);
});
