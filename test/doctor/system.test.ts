// What doctor finds of the machine, by the files of Linux.

import { expect, test } from 'bun:test';
import { checkSystem } from '../../src/doctor/system.ts';

const LIMITS =
  'Limit  Soft Limit  Hard Limit  Units\nMax open files            1024                 4096                 files';

test.each([
  [
    'all is there',
    { '/proc/self/limits': LIMITS, '/proc/meminfo': 'MemAvailable:  2048000 kB' },
    'ok',
    '/proc is there, 1024 open files at most, 2000 MiB of memory free',
  ],
  ['no /proc', {}, 'warning', '/proc is not there, or cannot be read'],
  [
    'few descriptors',
    { '/proc/self/limits': LIMITS.replace('1024', '20') },
    'warning',
    '/proc is there, 20 open files at most',
  ],
  [
    'any number of descriptors',
    { '/proc/self/limits': LIMITS.replace('1024', 'unlimited') },
    'ok',
    '/proc is there, any number of open files',
  ],
  [
    'a small container',
    {
      '/proc/self/limits': LIMITS,
      '/proc/meminfo': 'MemAvailable: 2048000 kB',
      '/sys/fs/cgroup/memory.max': '67108864\n',
      '/sys/fs/cgroup/memory.current': '1048576\n',
    },
    'warning',
    '/proc is there, 1024 open files at most, 63 MiB of memory free',
  ],
  [
    'a container without a limit',
    { '/proc/self/limits': LIMITS, '/sys/fs/cgroup/memory.max': 'max\n', '/sys/fs/cgroup/memory.current': '1048576\n' },
    'ok',
    '/proc is there, 1024 open files at most',
  ],
] as const)('what the machine has: %s', (_what, files: Readonly<Record<string, string>>, result, detail) => {
  const check = checkSystem({ platform: 'linux' }, (path) => files[path]);
  expect(check).toMatchObject({ result, detail });
  expect(check.remedy === undefined).toBe(result === 'ok');
});

test('other systems do not tell it in files', () => {
  expect(checkSystem({ platform: 'darwin' }, () => undefined)).toEqual({
    check: 'system',
    result: 'ok',
    detail: 'darwin',
  });
});
