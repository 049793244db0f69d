// The script itself: cut on its way into a shell, stopped by a signal, and read by shellcheck.

import { afterAll, describe, expect, test } from 'bun:test';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  environment,
  installedVersion,
  type Machine,
  makeMachine,
  removeMachines,
  start,
  treeOf,
  writeProgram,
} from './machine.ts';
import { serveCut } from './mirror.ts';
import { addRelease, PLATFORMS } from './release.ts';
import { hasAll, SHELLS } from './shells.ts';

afterAll(removeMachines);

const LAST_LINE = 'main "$@"\n';

function pipe(machine: Machine, interpreter: readonly string[], script: Uint8Array) {
  return Bun.spawnSync([...interpreter, '-s', '--', '--dir', machine.dir, '--quiet'], {
    cwd: machine.root,
    env: environment(machine, { KSCLI_DOWNLOAD_URL: machine.mirror }),
    stdin: script,
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

describe.each(SHELLS)('$name', ({ name, interpreter, command }) => {
  test('a script that is cut does nothing, wherever that is', () => {
    const machine = makeMachine();
    addRelease(machine.mirror, { platforms: PLATFORMS });
    const script = readFileSync(machine.script);
    const last = script.length - LAST_LINE.length;
    expect(script.subarray(last).toString()).toBe(LAST_LINE);
    const step = name === 'sh' ? 41 : 997;
    const cuts = Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step);
    for (let cut = last - 5; cut <= script.length - 2; cut++) cuts.push(cut);
    const before = treeOf(machine.root);
    for (const cut of cuts) {
      pipe(machine, interpreter, script.subarray(0, cut));
      if (Bun.deepEquals(treeOf(machine.root), before)) continue;
      expect(`cut at byte ${cut} of ${script.length}`).toBe('nothing happens');
    }
    expect(pipe(machine, interpreter, script).exitCode).toBe(0);
    expect(installedVersion(machine)).toBe('kscli 9.9.9 (test)');
  }, 30_000);

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('%s in the middle of a download leaves nothing', async (signal, exit) => {
    const machine = makeMachine();
    addRelease(machine.mirror);
    mkdirSync(machine.dir, { recursive: true });
    writeProgram(join(machine.dir, 'kscli'), 'echo old');
    const before = treeOf(machine.root);
    const stalled = Promise.withResolvers<void>();
    const archive = 'kscli-9.9.9-linux-x64.tar.gz';
    using mirror = serveCut(machine.mirror, { name: archive, after: 50, stall: stalled.resolve });
    const child = start(machine, [...command, machine.script, '--url', mirror.url], environment(machine));
    await stalled.promise;
    expect(treeOf(machine.root)).not.toEqual(before);
    child.kill(signal);
    expect(await child.exited).toBe(exit);
    expect(treeOf(machine.root)).toEqual(before);
  });
});

test('shellcheck finds nothing', () => {
  if (!hasAll('shellcheck', ['shellcheck'])) return;
  const { stdout } = Bun.spawnSync(['shellcheck', '-s', 'sh', makeMachine().script]);
  expect(stdout.toString()).toBe('');
});
