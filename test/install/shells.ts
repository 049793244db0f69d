// The shells that install.sh has to run under, and how a test says that this machine lacks something.

export type Shell = {
  readonly name: string;
  /** The words before its options, as of a shell that reads the script from its input. */
  readonly interpreter: readonly string[];
  /** The words before the script and its arguments. */
  readonly command: readonly string[];
};

const WANTED: readonly Pick<Shell, 'name' | 'command'>[] = [
  { name: 'sh', command: ['sh'] },
  { name: 'dash', command: ['dash'] },
  { name: 'busybox ash', command: ['busybox', 'ash'] },
  { name: 'bash --posix', command: ['bash', '--posix'] },
  { name: 'mksh', command: ['mksh'] },
  { name: 'yash', command: ['yash'] },
  // Not a POSIX shell, but what `curl … | zsh` makes of it.
  { name: 'zsh', command: ['zsh'] },
];

/** The fakes are in the first directory of PATH; the script and its arguments follow. */
const FAKES_AS_FUNCTIONS = `
for fake in "\${PATH%%:*}"/*; do eval "\${fake##*/}() { '$fake' "'"$@"; }'; done
script=$1; shift; . "$script"`;

/** Those that are here, by their full path; sh always is. */
export const SHELLS: readonly Shell[] = WANTED.flatMap(({ name, command: [program = '', ...rest] }) => {
  const found = Bun.which(program);
  if (found !== null) return [describeShell(name, [found, ...rest])];
  if (name === 'sh') throw new Error('There is no sh, and install.sh is a shell script');
  notRun(`install.sh under ${name}`, `${program} is not installed`);
  return [];
});

/** A shell that is busybox alone may run its own uname and id before those on PATH, but a function comes before both. */
function describeShell(name: string, interpreter: readonly string[]): Shell {
  const { success } = Bun.spawnSync([...interpreter, '-c', 'command -v uname'], { env: { PATH: '/nowhere' } });
  return { name, interpreter, command: success ? [...interpreter, '-c', FAKES_AS_FUNCTIONS, 'sh'] : interpreter };
}

export const SH: readonly string[] = SHELLS[0]?.command ?? ['sh'];

export function notRun(what: string, why: string): void {
  console.warn(`not run: ${what}: ${why}`);
}

/** True where all are there; says what is not run where one is not. */
export function hasAll(what: string, tools: readonly string[]): boolean {
  const missing = tools.filter((tool) => Bun.which(tool) === null);
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
