// How large an archive may be, and the table of the sizes.

import { expect, test } from 'bun:test';
import { renderSizes, requireLimits } from '../../src/release/sizes.ts';

const RUNTIME = { raw: 100_000_000, gzip: 50_000_000, xz: 40_000_000 };
const AT_LIMIT = { raw: 900_000_000, gzip: 53_000_000, xz: 42_400_000 };
const LINUX = { name: 'kscli-1.0.0-linux-x64', os: 'linux', sizes: AT_LIMIT, runtime: RUNTIME } as const;
const WINDOWS = {
  name: 'kscli-1.0.0-windows-x64',
  os: 'win32',
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
    `"kscli-1.0.0-linux-x64 is too large: in xz 42400001 bytes, 1.0600 times the bare runtime's 40000000; the limit is 1.06 times"`,
  );
});

test('every compression that is over its limit is named', () => {
  const sizes = { raw: 1, gzip: 60_000_000, xz: 50_000_000 };
  expect(() => requireLimits({ ...LINUX, sizes })).toThrowErrorMatchingInlineSnapshot(
    `"kscli-1.0.0-linux-x64 is too large: in gzip 60000000 bytes, 1.2000 times the bare runtime's 50000000; the limit is 1.06 times; in xz 50000000 bytes, 1.2500 times the bare runtime's 40000000; the limit is 1.06 times"`,
  );
});

test('the size of one system can be too large for another', () => {
  const sizes = { raw: 1, gzip: 54_000_000, xz: 43_500_000 };
  expect(() => requireLimits({ ...LINUX, name: 'kscli-1.0.0-darwin-x64', os: 'darwin', sizes })).not.toThrow();
  expect(() => requireLimits({ ...LINUX, sizes })).toThrow('kscli-1.0.0-linux-x64 is too large');
});

test('an archive without a runtime to measure it by is refused', () => {
  expect(() => requireLimits({ ...LINUX, runtime: {} })).toThrowErrorMatchingInlineSnapshot(
    `"kscli-1.0.0-linux-x64: the gzip of the bare runtime was not measured"`,
  );
});

test('the table shows millions of bytes and the ratio to the bare runtime', () => {
  expect(renderSizes([LINUX, WINDOWS])).toMatchInlineSnapshot(`
    "MB (times the bare runtime)       raw             gzip            xz
    kscli-1.0.0-linux-x64             900.0 (9.000)   53.0 (1.060)    42.4 (1.060)
    kscli-1.0.0-windows-x64           105.0 (1.050)   51.0 (1.020)    -"
  `);
});
