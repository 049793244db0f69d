// The shells that install.sh has to run under, and how a test says that this machine lacks something.

import { SYSTEM_PATH } from './machine.ts';

export type Shell = { readonly name: string; readonly command: readonly string[] };

const WANTED: readonly Shell[] = [
  { name: 'sh', command: ['sh'] },
  { name: 'dash', command: ['dash'] },
  { name: 'busybox ash', command: ['busybox', 'ash'] },
  { name: 'bash --posix', command: ['bash', '--posix'] },
  { name: 'mksh', command: ['mksh'] },
  { name: 'yash', command: ['yash'] },
  // Not a POSIX shell, but what `curl … | zsh` makes of it.
  { name: 'zsh', command: ['zsh'] },
];

/** Those that are here, by their full path; sh always is. */
export const SHELLS: readonly Shell[] = WANTED.flatMap(({ name, command: [program = '', ...rest] }) => {
  const found = Bun.which(program, { PATH: SYSTEM_PATH });
  if (found !== null) return [{ name, command: [found, ...rest] }];
  if (name === 'sh') throw new Error('There is no sh, and install.sh is a shell script');
  notRun(`install.sh under ${name}`, `${program} is not installed`);
  return [];
});

export const SH: readonly string[] = SHELLS[0]?.command ?? ['sh'];

export function notRun(what: string, why: string): void {
  console.warn(`not run: ${what}: ${why}`);
}

/** True where all are there; says what is not run where one is not. */
export function hasAll(what: string, tools: readonly string[]): boolean {
  const missing = tools.filter((tool) => Bun.which(tool, { PATH: SYSTEM_PATH }) === null);
  if (missing.length > 0) notRun(what, `${missing.join(', ')} not installed`);
  return missing.length === 0;
}

/** True where a private mount can be made; says what is not run where it cannot. */
export function canMount(what: string): boolean {
  if (!hasAll(what, ['unshare', 'mount'])) return false;
  const { success } = Bun.spawnSync(['unshare', '-m', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stderr: 'ignore' });
  if (!success) notRun(what, 'a file system cannot be mounted here');
  return success;
}
