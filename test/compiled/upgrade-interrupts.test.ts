// kscli upgrade that is stopped: the old kscli stays, and runs, and the next upgrade does its work.

import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Placed, placeKscli, TARGET } from './placed.ts';

const ARCHIVE = `kscli-98.0.0-${TARGET}.tar.gz`;
const REPLACED = `$ ~/bin/kscli upgrade
Replaced kscli <own> by 98.0.0: ~/bin/kscli
To go back: kscli upgrade --rollback
exit 0`;

let placed: Placed;
/** The file of the mirror that comes half and then no further. */
let held: string | undefined;
let reached: PromiseWithResolvers<void>;
beforeEach(() => {
  reached = Promise.withResolvers();
  placed = placeKscli({ answer: (_, name) => (name === held ? sendHalf(name) : undefined) });
  placed.release('98.0.0', `${waitAt('new')}\necho 'kscli 98.0.0 (test)'`);
});
afterEach(() => placed.remove());

function sendHalf(name: string): Response {
  const whole = readFileSync(join(placed.releases, name));
  const start = (stream: ReadableStreamDefaultController<Uint8Array>) => {
    stream.enqueue(whole.subarray(0, whole.length / 2));
    reached.resolve();
  };
  return new Response(new ReadableStream({ start }), { headers: { 'content-length': String(whole.length) } });
}

/** Where there is a pipe of that name, the program tells its process by it and waits. */
function waitAt(pipe: string): string {
  return `if [ -p ~/at-${pipe} ]; then echo $$ >~/at-${pipe}; exec sleep 600; fi`;
}

function upgrade(...words: readonly string[]) {
  const { env, home } = placed.machine;
  return Bun.spawn([placed.program, 'upgrade', ...words], { cwd: home, env, stdin: 'ignore', stderr: 'pipe' });
}

/** Stops both, as Ctrl-C at a terminal does. @returns when nothing is at work any more */
async function stopWhileTried(pipe: string, signal: NodeJS.Signals, ...words: readonly string[]): Promise<void> {
  const path = join(placed.machine.home, `at-${pipe}`);
  Bun.spawnSync(['mkfifo', path]);
  const child = upgrade(...words);
  const tried = Number(await Bun.spawn(['cat', path]).stdout.text());
  child.kill(signal);
  process.kill(tried, signal);
  expect(await child.exited).not.toBe(0);
  Bun.spawnSync(['rm', path]);
}

function listPlace(): readonly string[] {
  const names = readdirSync(join(placed.machine.home, 'bin'));
  return names.map((name) => name.replace(/[0-9a-f]{16}/, '<random>')).sort();
}

describe.each(['SHA256SUMS', ARCHIVE])('while %s comes', (name) => {
  test.each([
    ['SIGINT', 130, 'Aborted.\n'],
    ['SIGTERM', 143, ''],
    ['SIGHUP', 129, ''],
    ['SIGKILL', 137, ''],
  ] as const)('%s leaves nothing', async (signal, exit, words) => {
    held = name;
    const child = upgrade();
    await reached.promise;
    child.kill(signal);
    expect([await child.exited, await child.stderr.text()]).toEqual([exit, words]);
    expect([listPlace(), placed.isUntouched()]).toEqual([['kscli'], true]);
    held = undefined;
    expect(await placed.kscli('upgrade')).toBe(REPLACED);
  });
});

describe('while the new kscli is tried', () => {
  test('SIGINT leaves nothing', async () => {
    await stopWhileTried('new', 'SIGINT');
    expect([listPlace(), placed.isUntouched()]).toEqual([['kscli'], true]);
    expect(await placed.kscli('upgrade')).toBe(REPLACED);
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('%s leaves at most the copy that was tried', async (signal) => {
    await stopWhileTried('new', signal);
    expect([listPlace(), placed.isUntouched()]).toEqual([['kscli', 'kscli.<random>.tmp'], true]);
    expect(await placed.kscli('upgrade')).toBe(REPLACED);
  });
});

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s while the kscli before is tried', async (signal) => {
  const previous = `${placed.program}.previous`;
  writeFileSync(previous, `#!/bin/sh\n${waitAt('old')}\necho 'kscli 1.9.0 (old)'\n`);
  chmodSync(previous, 0o755);
  await stopWhileTried('old', signal, '--rollback');
  expect([listPlace(), placed.isUntouched()]).toEqual([['kscli', 'kscli.previous'], true]);
  expect(await placed.kscli('upgrade --rollback')).toContain('Went back from kscli <own> to 1.9.0');
});
