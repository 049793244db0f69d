// The command line of build.ts.

import { expect, test } from 'bun:test';
import { readOptions } from '../../src/release/options.ts';
import { TARGETS } from '../../src/release/targets.ts';

test('without options, the build is the quick one for this machine', () => {
  expect(readOptions([])).toEqual({ kind: 'native' });
});

test('a release is for all targets, or for those that --only names, in the order of the table', () => {
  expect(readOptions(['--release'])).toEqual({ kind: 'release', targets: TARGETS, runtimes: undefined });
  const some = readOptions(['--release', '--only', 'windows-x64,linux-x64', '--runtimes', 'carried']);
  expect(some).toMatchObject({ targets: [{ name: 'linux-x64' }, { name: 'windows-x64' }], runtimes: 'carried' });
});

test('an unknown option, word or target is refused by name', () => {
  expect(() => readOptions(['--relase'])).toThrow("Unknown option '--relase'");
  expect(() => readOptions(['linux-x64'])).toThrow("Unexpected argument 'linux-x64'");
  expect(() => readOptions(['--release', '--only', 'linux-x64,beos'])).toThrow(
    new Error(`--only: 'beos' is not one of ${TARGETS.map(({ name }) => name).join(', ')}`),
  );
  expect(() => readOptions(['--only', 'linux-x64'])).toThrow(new Error('--only and --runtimes need --release'));
});
