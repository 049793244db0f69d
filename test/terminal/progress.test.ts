// The line that says how far uploads are: what stands on it at which moment.

import { expect, test } from 'bun:test';
import { createProgress, formatTime, type Load } from '../../src/terminal/progress.ts';

const GB = 1_000_000_000;

/** A progress with a clock that is set by hand, and all that it showed. */
function watch(load: Load) {
  const clock = { seconds: 0 };
  const shown: string[] = [];
  const status = async (line: string | undefined) => {
    shown.push(line ?? '(none)');
  };
  return { clock, shown, progress: createProgress(load, { elapsed: () => clock.seconds * 1000 }, { status }) };
}

test('count, size, rate and time left, of all files together', async () => {
  const { clock, shown, progress } = watch({ files: 2, bytes: 9 * GB });
  const [a, b] = [progress.begin(3 * GB), progress.begin(6 * GB)];
  clock.seconds = 10;
  a.sent(0.4 * GB);
  clock.seconds = 20;
  b.sent(0.8 * GB);
  clock.seconds = 25;
  a.sent(3 * GB);
  clock.seconds = 26;
  a.end();
  await progress.end();
  expect(shown).toEqual([
    '0/2 files  0.0/9.0 GB',
    '0/2 files  0.4/9.0 GB  40 MB/s  4 min left',
    '0/2 files  1.2/9.0 GB  80 MB/s  2 min left',
    '0/2 files  3.8/9.0 GB  520 MB/s  10 s left',
    '1/2 files  3.8/9.0 GB  433 MB/s  12 s left',
    '(none)',
  ]);
});

test('files that failed are counted, and their bytes are no longer waited for', async () => {
  const { clock, shown, progress } = watch({ files: 2, bytes: 2000 });
  progress.begin(1500).end(true);
  clock.seconds = 1;
  progress.begin(500).end();
  expect(shown).toEqual(['0/2 files  0.0/2.0 kB', '1/2 files, 1 failed  0/500 B']);
});

test('of one file, its name stands last', () => {
  const { clock, shown, progress } = watch({ files: 1, bytes: 8_000_000, name: 'report.pdf' });
  const moving = progress.begin(8_000_000);
  clock.seconds = 2;
  moving.sent(2_000_000);
  expect(shown).toEqual(['0.0/8.0 MB  report.pdf', '2.0/8.0 MB  1.0 MB/s  6 s left  report.pdf']);
});

test('it is drawn ten times a second, not a thousand times', () => {
  const { clock, shown, progress } = watch({ files: 1, bytes: 1000, name: 'a' });
  const moving = progress.begin(1000);
  for (let sent = 1; sent <= 1000; sent++) {
    clock.seconds = sent / 1000;
    moving.sent(sent);
  }
  expect(shown).toHaveLength(11);
  expect(shown.at(-1)).toBe('1.0/1.0 kB  1.0 kB/s  0 s left  a');
});

test('what failed on the way is not waited for, and what is sent anew counts once', () => {
  const { clock, shown, progress } = watch({ files: 2, bytes: 2000 });
  const [a, b] = [progress.begin(1000), progress.begin(1000)];
  a.sent(400);
  clock.seconds = 1;
  a.end();
  b.sent(1000);
  clock.seconds = 2;
  b.sent(500);
  expect(shown).toEqual([
    '0/2 files  0.0/2.0 kB',
    '1/2 files  0.4/1.4 kB  400 B/s  3 s left',
    '1/2 files  0.9/1.4 kB  450 B/s  2 s left',
  ]);
});

test.each([
  [0, '0 s'],
  [0.2, '1 s'],
  [59, '59 s'],
  [61, '2 min'],
  [3600, '1 h 0 min'],
  [4800, '1 h 20 min'],
])('%d seconds are %s', (seconds, words) => {
  expect(formatTime(seconds)).toBe(words);
});
