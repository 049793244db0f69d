// A machine to install on: a directory of its own with a home, a PATH, a mirror and a copy of install.sh, gone after the test.

import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addRelease, type Contents, PLATFORMS } from './release.ts';

export type Machine = {
  readonly root: string;
  readonly home: string;
  /** Where kscli goes: not there yet. */
  readonly dir: string;
  /** Empty, where nothing is said about it. */
  readonly mirror: string;
  readonly script: string;
  /** Programs that come first on PATH: what they say makes this machine linux-x64, wherever the tests run. */
  readonly fakes: string;
  /** The fakes and the tools that install.sh may use, and nothing else: no kscli of the machine that runs the tests. */
  readonly path: string;
  readonly [Symbol.dispose]: () => void;
};

const SCRIPT = join(import.meta.dir, '../../install.sh');

/** The tools that install.sh may use, perl for shasum, and two of the tests' own. */
const TOOLS = `cat chmod cp cut df grep gzip head ls mkdir mount mv od printf rm rmdir sed sh sort tail tar tr xz
  curl wget cmp sha256sum shasum openssl perl`.split(/\s+/);

export function makeMachine(): Machine {
  const root = mkdtempSync(join(tmpdir(), 'kscli machine '));
  chmodSync(root, 0o755);
  const machine = {
    root,
    home: join(root, 'home'),
    dir: join(root, 'home/.local/bin'),
    mirror: join(root, 'mirror'),
    script: join(root, 'install.sh'),
    fakes: join(root, 'fakes'),
    path: `${join(root, 'fakes')}:${join(root, 'tools')}`,
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
  for (const name of ['home', 'mirror', 'fakes', 'tools', 'tmp']) mkdirSync(join(root, name));
  for (const tool of TOOLS) addTool(machine, tool);
  cpSync(SCRIPT, machine.script);
  fakePlatform(machine, 'Linux', 'x86_64');
  fake(machine, 'getconf', 'echo 64');
  fake(machine, 'ldd', 'echo "ldd (GNU libc) 2.36"');
  fake(machine, 'id', 'echo 1000');
  return machine;
}

/** A machine whose mirror holds kscli 9.9.9 for every platform. */
export function makeMachineWithMirror(contents: Contents = {}): Machine {
  const machine = makeMachine();
  addRelease(machine.mirror, { platforms: PLATFORMS, ...contents });
  return machine;
}

/** A program of that name which comes first on PATH. */
export function fake(machine: Machine, name: string, body: string): void {
  writeProgram(join(machine.fakes, name), body);
}

export function fakePlatform(machine: Machine, kernel: string, processor: string): void {
  fake(machine, 'uname', `case $1 in -s) echo ${kernel} ;; -m) echo ${processor} ;; *) echo other ;; esac`);
}

export function writeProgram(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

/** Puts a tool of the system on the PATH, by that name. One that the system lacks is left out. */
export function addTool(machine: Machine, name: string, tool = name): void {
  const found = Bun.which(tool);
  if (found !== null) symlinkSync(found, join(machine.root, 'tools', name));
}

export function removeTools(machine: Machine, ...names: readonly string[]): void {
  for (const name of names) rmSync(join(machine.root, 'tools', name), { force: true });
}

/** Puts a program where kscli goes, as one that is there already. */
export function placeKscli(machine: Machine, body: string): void {
  mkdirSync(machine.dir, { recursive: true });
  writeProgram(join(machine.dir, 'kscli'), body);
}

/** What the installed kscli says, or undefined where there is none. */
export function readInstalledVersion(machine: Machine, dir = machine.dir): string | undefined {
  const path = join(dir, 'kscli');
  return existsSync(path) ? Bun.spawnSync([path, '--version']).stdout.toString().trim() : undefined;
}
