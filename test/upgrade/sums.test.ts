// Which archive of a release is taken.

import { expect, test } from 'bun:test';
import { compareVersions, isVersion, listArchives } from '../../src/upgrade/sums.ts';

const SUM = 'a'.repeat(64);

test('versions are in order: numbers by value, a release after its pre-releases', () => {
  const ordered = [
    ...['1.9.9', '2.0.0-1', '2.0.0-alpha', '2.0.0-alpha.1', '2.0.0-alpha.beta', '2.0.0-rc.9', '2.0.0-rc.10', '2.0.0'],
    ...['2.0.1', '2.9.0', '2.10.0', '10.0.0-rc.1', '10.0.0'],
  ];
  expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered);
  for (const version of ordered) expect([version, compareVersions(version, version)]).toEqual([version, 0]);
});

test.each(['latest', '2.0', '2.0.0.0', 'v2.0.0', '2.0.0-', '2.0.0 ', '../2.0.0', '2.0.0/..', ''])(
  '%p is no version',
  (text) => {
    expect(isVersion(text)).toBe(false);
  },
);

test('only the lines of this target count, to the letter', () => {
  const lines = [
    `${SUM}  kscli-2.0.0-linux-x64.tar.gz`,
    `${SUM} *kscli-2.1.0-rc.1-linux-x64.tar.gz\r`,
    `${SUM}  kscli-2.0.0-linux-x64-musl.tar.gz`,
    `${SUM}  kscli-2.0.0-linux-x64.tar.xz`,
    `${SUM}  ../kscli-2.0.0-linux-x64.tar.gz`,
    `${SUM}  sub/kscli-2.0.0-linux-x64.tar.gz`,
    `${SUM.slice(1)}  kscli-2.0.1-linux-x64.tar.gz`,
    `${SUM}  kscli-2.0.0-linux-x64.tar.gz.sh`,
    ` ${SUM}  kscli-2.0.2-linux-x64.tar.gz`,
  ];
  expect(listArchives(`${lines.join('\n')}\n`, 'linux-x64')).toEqual([
    { version: '2.0.0', name: 'kscli-2.0.0-linux-x64.tar.gz', sha256: SUM },
    { version: '2.1.0-rc.1', name: 'kscli-2.1.0-rc.1-linux-x64.tar.gz', sha256: SUM },
  ]);
});
