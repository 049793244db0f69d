// install.sh that is stopped, at each of its stages: the old kscli stays, and what is left goes with the next run.

import { describe, expect, test } from 'bun:test';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listChanges, listTree } from '../tree.ts';
import { fake, type Machine, makeMachineWithMirror, placeKscli, readInstalledVersion } from './machine.ts';
import { install, start } from './run.ts';
import { SH } from './shells.ts';
import { trust } from './signing.ts';

const KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`;
const HASHER = ['openssl', 'sha256sum', 'shasum'].find((name) => Bun.which(name) !== null) ?? '';

/** Each has a pipe: the program that finds it there tells its process by it, and waits. */
const STAGES = [
  ['SHA256SUMS is copied', 'cp'],
  ['the signature is verified', 'ssh-keygen'],
  ['the old kscli tells its version', 'old'],
  ['the sum is computed', HASHER],
  ['the archive is unpacked', 'tar'],
  ['the new kscli is tried', 'new'],
  ['the new kscli takes its place', 'mv'],
] as const;

function waitAt(pipe: string): string {
  return `if [ -p at-${pipe} ]; then echo $$ >at-${pipe}; exec ${Bun.which('sleep')} 600; fi`;
}

/** With kscli 9.9.8 in its place. */
function makeMachineWithStages(): Machine {
  const program = `${waitAt('new')}\necho 'kscli 9.9.9 (test)'`;
  const machine = makeMachineWithMirror({ platforms: ['linux-x64'], program });
  placeKscli(machine, `${waitAt('old')}\necho 'kscli 9.9.8'`);
  for (const tool of ['cp', HASHER, 'tar']) fake(machine, tool, `${waitAt(tool)}\nexec ${Bun.which(tool)} "$@"`);
  // Within the private directory it is a matter of no time.
  fake(machine, 'mv', `if [ "$1" = -f ]; then ${waitAt('mv')}; fi\nexec ${Bun.which('mv')} "$@"`);
  fake(machine, 'ssh-keygen', waitAt('ssh-keygen'));
  trust(machine, KEY);
  writeFileSync(join(machine.mirror, 'SHA256SUMS.sig'), 'a signature\n');
  return machine;
}

/** @returns the exit code, and what is not as it was */
async function stop(machine: Machine, pipe: string, signal: NodeJS.Signals) {
  const path = join(machine.root, `at-${pipe}`);
  const before = listTree(machine.root);
  Bun.spawnSync(['mkfifo', path]);
  const child = start(machine, [...SH, machine.script, '--from', 'mirror']);
  const waiting = Number(await Bun.spawn(['cat', path]).stdout.text());
  child.kill(signal);
  const exit = await child.exited;
  if (signal === 'SIGKILL') process.kill(waiting, 'SIGKILL');
  else expect(() => process.kill(waiting, 0)).toThrow('ESRCH');
  rmSync(path);
  return { exit, changes: listChanges(before, listTree(machine.root)) };
}

describe.each(STAGES)('while %s', (_, pipe) => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s leaves everything as it was, and no program behind', async (signal, exit) => {
    using machine = makeMachineWithStages();
    expect(await stop(machine, pipe, signal)).toEqual({ exit, changes: [] });
  });

  test('SIGKILL leaves the old kscli, and what goes with the next run', async () => {
    using machine = makeMachineWithStages();
    const { changes } = await stop(machine, pipe, 'SIGKILL');
    expect(changes.filter((line) => !line.includes('/.kscli-install.'))).toEqual([]);
    expect(readInstalledVersion(machine)).toBe('kscli 9.9.8');
    await install(machine, '--from mirror');
    expect(readdirSync(machine.dir)).toEqual(['kscli']);
    expect(readInstalledVersion(machine)).toBe('kscli 9.9.9 (test)');
  });
});
