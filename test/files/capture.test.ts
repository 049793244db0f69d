// The output of another program: its end, its limits, and all that it started.

import { afterAll, expect, test } from 'bun:test';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureProgram } from '../../src/files/capture.ts';

const directory = mkdtempSync(join(tmpdir(), 'kscli-capture-'));
afterAll(() => rmSync(directory, { recursive: true }));

const BOUNDS = { limit: 100, seconds: 0.3, isTerminal: false };

function run(script: string, bounds: object = {}): ReturnType<typeof captureProgram> {
  const program = { file: '/bin/sh', words: ['sh', '-c', script], env: { PATH: '/usr/bin:/bin' } };
  return captureProgram(program, { ...BOUNDS, seconds: 60, ...bounds }, process);
}

test('a program that ends gives its output and its exit code', async () => {
  const output = Buffer.from('key\n');
  expect(await run('echo key')).toEqual({ ending: 'exit', output, exit: 0, signal: null });
  expect(await run('echo key; exit 7')).toEqual({ ending: 'exit', output, exit: 7, signal: null });
  expect(await run('kill -TERM $$')).toEqual({
    ending: 'exit',
    output: Buffer.from(''),
    exit: null,
    signal: 'SIGTERM',
  });
  expect(await run('cat')).toEqual({ ending: 'exit', output: Buffer.from(''), exit: 0, signal: null });
});

test('a program that prints without an end is ended', async () => {
  expect(await run('while echo too much; do :; done')).toMatchObject({ ending: 'too-long' });
});

test('a program that goes on is ended in time, with all that it started', async () => {
  const file = join(directory, 'pid');
  const isThere = () => existsSync(`/proc/${readFileSync(file, 'utf8').trim()}/exe`);
  const soon = { seconds: 0.3 };
  expect(await run(`sleep 600 & echo $! > ${file}; sleep 600`, soon)).toEqual({
    ending: 'expired',
    seconds: 0.3,
    hasExited: false,
  });
  expect(await run(`sleep 600 & echo $! > ${file}; echo key`, soon)).toEqual({
    ending: 'expired',
    seconds: 0.3,
    hasExited: true,
  });
  for (let tries = 0; isThere() && tries < 500; tries++) await Bun.sleep(10);
  expect(isThere()).toBe(false);
  expect(await run('exec >&-; sleep 600', soon)).toEqual({ ending: 'expired', seconds: 0.3, hasExited: false });
});

test('what a program leaves running on purpose stays, once its output is closed', async () => {
  const file = join(directory, 'daemon');
  await run(`sleep 600 >/dev/null 2>&1 & echo $! > ${file}; echo key`);
  const pid = Number(readFileSync(file, 'utf8'));
  expect(() => process.kill(pid, 0)).not.toThrow();
  process.kill(pid, 'SIGKILL');
});
