// The shells that install.sh has to run under: those of them that are here.

import { sayNotRun } from '../where.ts';

type Shell = {
  readonly name: string;
  /** The words before its options, as of a shell that reads the script from its input. */
  readonly interpreter: readonly string[];
  /** The words before the script and its arguments. */
  readonly shell: readonly string[];
};

// zsh is no POSIX shell, but what `curl … | zsh` makes of it.
const WANTED = ['sh', 'dash', 'busybox ash', 'bash --posix', 'mksh', 'yash', 'zsh'];

/** The fakes are in the first directory of PATH; the script and its arguments follow. No function can have a name with a dash. */
const FAKES_AS_FUNCTIONS = `
for fake in "\${PATH%%:*}"/*; do case \${fake##*/} in *-*) continue ;; esac; eval "\${fake##*/}() { '$fake' "'"$@"; }'; done
script=$1; shift; . "$script"`;

/** By their full path, for a PATH that does not hold them. */
export const SHELLS: readonly Shell[] = WANTED.flatMap((name) => {
  const [program = '', ...rest] = name.split(' ');
  const found = Bun.which(program);
  if (found !== null) return [describeShell(name, [found, ...rest])];
  sayNotRun(program, `install.sh under ${name}`);
  return [];
});

/** A shell that is busybox alone may run its own uname and id before those on PATH, but a function comes before both. */
function describeShell(name: string, interpreter: readonly string[]): Shell {
  const { success } = Bun.spawnSync([...interpreter, '-c', 'command -v uname'], { env: { PATH: '/nowhere' } });
  return { name, interpreter, shell: success ? [...interpreter, '-c', FAKES_AS_FUNCTIONS, 'sh'] : interpreter };
}

export const SH: readonly string[] = SHELLS.find(({ name }) => name === 'sh')?.shell ?? ['/bin/sh'];
