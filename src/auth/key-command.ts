// The command that prints the admin key: run without a shell, for 30 seconds at most. What it prints is shown to nobody.

import type { Context } from '../context.ts';
import { describeCause, Failure } from '../errors.ts';
import { expandHome } from '../files/home.ts';
import { findProgram } from '../files/program.ts';
import type { Captured } from '../world.ts';
import { LARGEST_KEY_FILE } from './key-file.ts';

const SECONDS = 30;
const KIBIBYTE = 1024;

/** @param name as messages have it @throws Failure 'settings' */
export async function runKeyCommand(words: readonly string[], name: string, context: Context): Promise<string> {
  const { world } = context;
  const { env, home, platform, stdin, stderr } = world;
  const file = locate(expandHome(words[0] ?? '', home), name, context);
  const isTerminal = stdin.isTerminal || stderr.isTerminal;
  const bounds = { limit: LARGEST_KEY_FILE, seconds: SECONDS, isTerminal };
  let captured: Captured;
  try {
    captured = await world.capture({ file, words, env }, bounds);
  } catch (cause) {
    throw new Failure('settings', `${name} cannot be run: ${describeCause(cause)}`, { cause });
  }
  // What it started, and what still waits for that, must not keep the process.
  if (captured.ending !== 'exit') world.leaveBehind();
  return judge(captured, name, platform);
}

/** Never from the current directory, which may be anybody's. */
function locate(program: string, name: string, { world: { env, platform } }: Context): string {
  const isPath = program.includes('/') || (platform === 'win32' && program.includes('\\'));
  if (isPath && !/^(\/|[a-z]:|\\\\)/i.test(program))
    throw new Failure('settings', `${name} is neither a name on PATH nor a path from the root on`);
  try {
    return findProgram(program, env, platform);
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    const why = cause.kind === 'program-not-found' ? 'was not found' : 'cannot be run: it is no program, or not yours';
    throw new Failure('settings', `${name} ${why}`, { cause });
  }
}

function judge(captured: Captured, name: string, platform: NodeJS.Platform): string {
  if (captured.ending !== 'exit') {
    if (captured.ending === 'too-long')
      throw new Failure('settings', `${name} printed more than ${LARGEST_KEY_FILE / KIBIBYTE} KiB`);
    const time = `${Math.round(captured.seconds)} seconds`;
    const what = captured.hasExited
      ? `ended, but something that it started kept its output open for ${time}`
      : `did not end within ${time}`;
    throw new Failure('settings', `${name} ${what}`);
  }
  const { output, exit, signal } = captured;
  if (signal !== null && platform !== 'win32') throw new Failure('settings', `${name} was ended by ${signal}`);
  if (exit !== 0) throw new Failure('settings', `${name} ended with exit code ${exit}`);
  const text = new TextDecoder().decode(output).replace(/\r?\n$/, '');
  if (text === '') throw new Failure('settings', `${name} printed nothing`);
  if (/[\r\n]/.test(text)) throw new Failure('settings', `${name} printed more than one line`);
  return text;
}
