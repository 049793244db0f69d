// The output of another program: its end, its limits, and all that it started.

import { afterAll, expect, test } from 'bun:test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureProgram } from '../../src/files/capture.ts';
import { giveTime } from '../patience.ts';

const directory = mkdtempSync(join(tmpdir(), 'kscli-capture-'));
afterAll(() => rmSync(directory, { recursive: true }));

function run(script: string, bounds: object = {}): ReturnType<typeof captureProgram> {
  const program = { file: '/bin/sh', words: ['sh', '-c', script], env: { PATH: '/usr/bin:/bin' } };
  return captureProgram(program, { limit: 100, seconds: 60, isTerminal: false, ...bounds }, process);
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

test.each([
  ['and waits for it', 'wait', false],
  ['and ends', 'echo key', true],
])('a program that starts another %s is ended in time, and so is the other', async (_what, end, hasExited) => {
  const captured = await giveTime(500, async (milliseconds) => {
    const held = join(directory, `held-${hasExited}-${milliseconds}`);
    Bun.spawnSync(['mkfifo', held]);
    // Read to its end only when nobody holds it any more.
    const isOver = Bun.file(held).text();
    const found = await run(`sleep 600 2> ${held} & ${end}`, { seconds: milliseconds / 1000 });
    expect(await isOver).toBe('');
    return hasExited && 'hasExited' in found && !found.hasExited ? undefined : found;
  });
  expect(captured).toMatchObject({ ending: 'expired', hasExited });
});

test('a program that closes its output and goes on is ended in time', async () => {
  const captured = await run('exec >&-; sleep 600', { seconds: 0.3 });
  expect(captured).toEqual({ ending: 'expired', seconds: 0.3, hasExited: false });
});

test('what a program leaves running on purpose stays, once its output is closed', async () => {
  const file = join(directory, 'daemon');
  await run(`sleep 600 >/dev/null 2>&1 & echo $! > ${file}; echo key`);
  const pid = Number(readFileSync(file, 'utf8'));
  expect(() => process.kill(pid, 0)).not.toThrow();
  process.kill(pid, 'SIGKILL');
});
