// The script itself: cut on its way into a shell, stopped by a signal, and read by shellcheck.

import { describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listChanges, listTree } from '../tree.ts';
import { hasTool, testWhere } from '../where.ts';
import { type Machine, makeMachineWithMirror, placeKscli, readInstalledVersion } from './machine.ts';
import { serveCut } from './mirror.ts';
import { describeEnvironment, start } from './run.ts';
import { SHELLS } from './shells.ts';

const SCRIPT = join(import.meta.dir, '../../install.sh');
const LAST_LINE = 'main "$@"\n';

function pipe(machine: Machine, interpreter: readonly string[], script: Uint8Array): number {
  const { exitCode } = Bun.spawnSync([...interpreter, '-s', '--', '--from', 'mirror', '--quiet'], {
    cwd: machine.root,
    env: describeEnvironment(machine),
    stdin: script,
    stdout: 'ignore',
    stderr: 'ignore',
  });
  return exitCode;
}

describe.each(SHELLS)('$name', ({ name, interpreter, shell }) => {
  test('a script that is cut does nothing, wherever that is', () => {
    using machine = makeMachineWithMirror();
    const script = readFileSync(SCRIPT);
    const last = script.length - LAST_LINE.length;
    expect(script.subarray(last).toString()).toBe(LAST_LINE);
    const step = name === 'sh' ? 41 : 997;
    const cuts = Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step);
    for (let cut = last - 5; cut <= script.length - 2; cut++) cuts.push(cut);
    const before = listTree(machine.root);
    const harmful = cuts.filter((cut) => {
      pipe(machine, interpreter, script.subarray(0, cut));
      return listChanges(before, listTree(machine.root)).length > 0;
    });
    expect(harmful).toEqual([]);
    expect(pipe(machine, interpreter, script)).toBe(0);
    expect(readInstalledVersion(machine)).toBe('kscli 9.9.9 (test)');
  }, 30_000);

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('%s in the middle of a download leaves nothing', async (signal, exit) => {
    using machine = makeMachineWithMirror();
    placeKscli(machine, 'echo old');
    const before = listTree(machine.root);
    const stalled = Promise.withResolvers<void>();
    const archive = 'kscli-9.9.9-linux-x64.tar.gz';
    using mirror = serveCut(machine.mirror, { name: archive, after: 50, stall: stalled.resolve });
    const child = start(machine, [...shell, machine.script, '--url', mirror.url]);
    await stalled.promise;
    expect(listChanges(before, listTree(machine.root))).not.toEqual([]);
    child.kill(signal);
    expect(await child.exited).toBe(exit);
    expect(listChanges(before, listTree(machine.root))).toEqual([]);
  });
});

testWhere(hasTool('shellcheck'), 'shellcheck', 'shellcheck finds nothing', () => {
  const { stdout } = Bun.spawnSync(['shellcheck', '-s', 'sh', SCRIPT]);
  expect(stdout.toString()).toBe('');
});
