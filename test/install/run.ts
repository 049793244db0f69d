// Runs install.sh on a machine, and gives back what happened as one transcript: the command, what was printed, the exit
// code, and the files that are new (+), gone (-) or changed (~).

import { join } from 'node:path';
import { listChanges, listTree } from '../tree.ts';
import type { Machine } from './machine.ts';
import { SH } from './shells.ts';

type RunOptions = {
  /** The words before the script, as of a shell; sh, where nothing else is said. */
  readonly shell?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly path?: string;
  /** Words before the shell, as of `setpriv` or `unshare`. */
  readonly under?: readonly string[];
};

/** The arguments are split at blanks, unless they are a list. */
export async function install(machine: Machine, args: string | readonly string[], options: RunOptions = {}) {
  const { shell = SH, env = {}, path = machine.path, under = [] } = options;
  const words = typeof args === 'string' ? args.split(' ').filter(Boolean) : args;
  const before = listTree(machine.root);
  const child = start(machine, [...findProgram(under), ...shell, machine.script, ...words], { ...env, PATH: path });
  const [exit, stdout, stderr] = await Promise.all([child.exited, child.stdout.text(), child.stderr.text()]);
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value} `);
  const lines = [
    `$ ${settings.join('')}install.sh ${words.join(' ')}`.trimEnd(),
    ...splitLines(stdout),
    ...splitLines(stderr).map((line) => `! ${line}`.trimEnd()),
    `exit ${exit}`,
    ...listLeaves(listChanges(before, listTree(machine.root))),
  ];
  return hideWhatVaries(machine, lines.join('\n'));
}

/** With the environment of the machine and nothing of that of the tests. */
export function start(machine: Machine, command: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return Bun.spawn([...command], {
    cwd: machine.root,
    env: { ...describeEnvironment(machine), ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

export function describeEnvironment(machine: Machine): Record<string, string> {
  return {
    PATH: machine.path,
    HOME: machine.home,
    SHELL: '/bin/sh',
    TMPDIR: join(machine.root, 'tmp'),
    // yash reads no name outside ASCII in the C locale.
    LANG: 'C.UTF-8',
    // Named always: the defaults lie outside the machine, for root and for a shell that heeds no fakes.
    KSCLI_CREDENTIALS_PATH: join(machine.root, 'no-credentials'),
    KSCLI_INSTALL_DIR: machine.dir,
  };
}

/** The machine's PATH does not hold what starts the shell. */
function findProgram([program, ...rest]: readonly string[]): readonly string[] {
  return program === undefined ? [] : [Bun.which(program) ?? program, ...rest];
}

function splitLines(text: string): readonly string[] {
  return text === '' ? [] : text.trimEnd().split('\n');
}

/** Without the directories that only came or went with what is in them. */
function listLeaves(changes: readonly string[]): readonly string[] {
  return changes.filter((line) => !changes.some((other) => other.startsWith(`${line}/`)));
}

/** What differs from run to run, or from one version of a tool to the next, by a name for it. */
function hideWhatVaries(machine: Machine, text: string): string {
  return text
    .replaceAll(machine.root, '<root>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<server>')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<sha256>')
    .replaceAll(/^! {3}\((?:curl: |wget: |failed: |ERROR: |\d{4}-).*\)$/gm, '!   (<words of the tool>)');
}
