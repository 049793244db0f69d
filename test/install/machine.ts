// A machine to install on: a directory of its own with a home, a PATH, a mirror and a copy of install.sh, gone after the test.

import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Machine = {
  readonly root: string;
  readonly home: string;
  /** Where kscli goes by default: not there yet. */
  readonly dir: string;
  readonly mirror: string;
  readonly script: string;
  /** Programs that come first on PATH: what they say makes this machine linux-x64, wherever the tests run. */
  readonly fakes: string;
  /** The fakes and the tools that install.sh may use, and nothing else: no kscli of the machine that runs the tests. */
  readonly path: string;
};

export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

type RunOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly path?: string;
  /** Words before the shell, as of `setpriv` or `unshare`. */
  readonly under?: readonly string[];
};

/** The tools that install.sh may use, perl for shasum, and two of the tests' own. */
const TOOLS = `cat chmod cp cut df grep gzip head ls mkdir mount mv od printf rm rmdir sed sh sort tail tar tr xz
  curl wget sha256sum shasum openssl perl`.split(/\s+/);
const SCRIPT = join(import.meta.dir, '../../install.sh');
const machines: string[] = [];

export function makeMachine(name = 'machine'): Machine {
  const root = mkdtempSync(join(tmpdir(), `kscli ${name} `));
  machines.push(root);
  chmodSync(root, 0o755);
  const machine = {
    root,
    home: join(root, 'home'),
    dir: join(root, 'home/.local/bin'),
    mirror: join(root, 'mirror'),
    script: join(root, 'install.sh'),
    fakes: join(root, 'fakes'),
    path: `${join(root, 'fakes')}:${join(root, 'tools')}`,
  };
  for (const name of ['home', 'mirror', 'fakes', 'tools', 'tmp']) mkdirSync(join(root, name));
  for (const tool of TOOLS) addTool(machine, tool);
  cpSync(SCRIPT, machine.script);
  fake(machine, 'uname', unameSaying({ kernel: 'Linux', machine: 'x86_64' }));
  fake(machine, 'getconf', 'echo 64');
  fake(machine, 'ldd', 'echo "ldd (GNU libc) 2.36"');
  fake(machine, 'id', 'echo 1000');
  return machine;
}

export function removeMachines(): void {
  for (const root of machines.splice(0)) rmSync(root, { recursive: true, force: true });
}

/** A program of that name which comes first on PATH. */
export function fake(machine: Machine, name: string, body: string): void {
  writeProgram(join(machine.fakes, name), body);
}

export function writeProgram(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

export function unameSaying({ kernel, machine }: { kernel: string; machine: string }): string {
  return `case $1 in -s) echo ${kernel} ;; -m) echo ${machine} ;; *) echo other ;; esac`;
}

/** Puts a tool of the system on the PATH, by that name. One that the system lacks is left out. */
export function addTool(machine: Machine, name: string, tool = name): void {
  const found = Bun.which(tool);
  if (found !== null) symlinkSync(found, join(machine.root, 'tools', name));
}

/** Takes tools off the PATH. */
export function removeTools(machine: Machine, ...names: readonly string[]): void {
  for (const name of names) rmSync(join(machine.root, 'tools', name), { force: true });
}

/** Runs install.sh. Nothing of the environment of the tests reaches it. */
export async function install(
  machine: Machine,
  shell: readonly string[],
  args: readonly string[],
  { env = {}, path = machine.path, under = [] }: RunOptions = {},
): Promise<Outcome> {
  const [first, ...rest] = under;
  const before = first === undefined ? [] : [Bun.which(first) ?? first, ...rest];
  const child = start(machine, [...before, ...shell, machine.script, ...args], { ...env, PATH: path });
  const [code, stdout, stderr] = await Promise.all([child.exited, child.stdout.text(), child.stderr.text()]);
  return { code, stdout, stderr };
}

export function start(machine: Machine, command: readonly string[], env: Readonly<Record<string, string>>) {
  return Bun.spawn([...command], {
    cwd: machine.root,
    env: environment(machine, env),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

export function environment(machine: Machine, env: Readonly<Record<string, string>> = {}): Record<string, string> {
  const none = join(machine.root, 'no-credentials');
  // yash reads no name outside ASCII in the C locale.
  const own = {
    LANG: 'C.UTF-8',
    HOME: machine.home,
    SHELL: '/bin/sh',
    TMPDIR: join(machine.root, 'tmp'),
    KSCLI_CREDENTIALS_PATH: none,
    // Whoever runs the tests, and whatever a shell makes of the fakes.
    KSCLI_INSTALL_DIR: machine.dir,
  };
  return { PATH: machine.path, ...own, ...env };
}

/** The exit code and what was printed, with what differs from run to run replaced by its name. */
export function transcript(machine: Machine, { code, stdout, stderr }: Outcome): string {
  const lines = `${stdout}${stderr}exit ${code}`
    .replaceAll(machine.root, '<root>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<server>')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<sha256>');
  return `\n${lines}\n`;
}

/** Every path under the machine with its mode and content: equal before and after means that nothing happened. */
export function treeOf(directory: string): string[] {
  const entries = readdirSync(directory).sort();
  return entries.flatMap((name) => {
    const path = join(directory, name);
    const { mode, mtimeMs } = lstatSync(path);
    const line = `${path} ${mode.toString(8)}`;
    if (lstatSync(path).isDirectory()) return [line, ...treeOf(path)];
    const content = lstatSync(path).isSymbolicLink() ? readlinkSync(path) : digest(readFileSync(path));
    return [`${line} ${mtimeMs} ${content}`];
  });
}

export function digest(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What the installed kscli says, or undefined where there is none. */
export function installedVersion(machine: Machine, dir = machine.dir): string | undefined {
  const path = join(dir, 'kscli');
  return existsSync(path) ? Bun.spawnSync([path, '--version']).stdout.toString().trim() : undefined;
}
