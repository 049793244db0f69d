// Another program: where it is, and how this process becomes it.

import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, findCode } from '../errors.ts';
import type { Env, Program, World } from '../world.ts';

/**
 * The file of a command, as a shell finds it. An empty part of PATH is no directory here.
 * @throws Failure 'program-not-found', 'program-refused'
 */
export function findProgram(name: string, env: Env, platform: World['platform']): string {
  if (platform === 'win32') return Bun.which(name, { PATH: env['PATH'] ?? env['Path'] ?? '' }) ?? fail(name, 'ENOENT');
  if (name.includes('/')) return isProgram(name) === true ? name : fail(name, String(isProgram(name)));
  const directories = (env['PATH'] ?? '/usr/bin:/bin').split(delimiter).filter((directory) => directory !== '');
  const places = name === '' ? [] : directories.map((directory) => join(directory, name));
  const found = places.find((place) => isProgram(place) === true);
  const refused = places.map(isProgram).includes('EACCES');
  return found ?? fail(name, refused ? 'EACCES' : 'ENOENT');
}

/** True, or the system's code. */
function isProgram(path: string): true | string {
  try {
    if (!statSync(path).isFile()) return 'EACCES';
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    return findCode(error) ?? 'ENOENT';
  }
}

const MISSING = ['ENOENT', 'ENOTDIR'];

/** Exit codes as of env(1) and every shell: 127 not found, 126 found and not to be run. */
function fail(name: string, code: string, cause?: unknown): never {
  if (MISSING.includes(code)) throw new Failure('program-not-found', `'${name}': command not found`, { cause });
  throw new Failure('program-refused', `'${name}' cannot be run (${code})`, { cause });
}

/**
 * Returns on Windows alone, with the exit code of the program; elsewhere the process is the program from here on.
 * @param host the process @throws Failure 'program-not-found', 'program-refused'
 */
export async function becomeProgram({ file, words, env }: Program, host: NodeJS.Process): Promise<number> {
  const variables = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  if (host.platform === 'win32' || host.execve === undefined) {
    // Ctrl-C is the program's: this process waits for its end.
    host.removeAllListeners('SIGINT').on('SIGINT', () => undefined);
    return spawnHere([file, ...words.slice(1)], variables, words[0] ?? file).exited;
  }
  // The runtime ignores these two, and the program would inherit that; what is caught falls back to the default.
  for (const signal of ['SIGPIPE', 'SIGXFSZ'] as const) host.on(signal, () => undefined);
  // Where it fails, the runtime would say that replacing a process is experimental.
  host.removeAllListeners('warning');
  try {
    return host.execve(file, [...words], variables as NodeJS.ProcessEnv);
  } catch (cause) {
    return fail(words[0] ?? file, findCode(cause) ?? 'EACCES', cause);
  }
}

/** @param name as it was typed @throws Failure as `becomeProgram` */
function spawnHere(command: string[], env: Record<string, string | undefined>, name: string): Bun.Subprocess {
  try {
    return Bun.spawn(command, { env, stdin: 'inherit', stdout: 'inherit', stderr: 'inherit' });
  } catch (cause) {
    // cmd.exe, which runs a batch file, takes what stands in an argument for a command, however it is quoted.
    if (findCode(cause) === 'ERR_INVALID_ARG_VALUE')
      throw new Failure('program-refused', `'${name}' cannot be run with these arguments`, {
        lines: ['A batch file would take a character such as & or % in them for a command.'],
        cause,
      });
    return fail(name, findCode(cause) ?? 'EACCES', cause);
  }
}
