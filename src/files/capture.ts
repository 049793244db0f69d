// The output of another program, up to a limit and within a time, whatever it does and whatever it starts.

import { EXIT } from '../errors.ts';
import type { Bounds, Captured, Program } from '../world.ts';

/** Its stderr is this process's own. @param host the process @throws an error with the system's code where it cannot be started */
export async function captureProgram(program: Program, bounds: Bounds, host: NodeJS.Process): Promise<Captured> {
  // Ctrl-C ends this process at once, and SIGTERM would without a word: listened to before there is anything to end with it.
  const leave = () => host.exit(EXIT.terminated);
  host.once('SIGTERM', leave);
  try {
    return await run(program, bounds, host);
  } finally {
    host.off('SIGTERM', leave);
  }
}

async function run(program: Program, bounds: Bounds, host: NodeJS.Process): Promise<Captured> {
  const { limit, seconds } = bounds;
  const { child, kill } = start(program, bounds, host);
  host.once('exit', kill);
  const timer = Promise.withResolvers<'expired'>();
  const expiry = setTimeout(() => timer.resolve('expired'), seconds * 1000);
  const output = await collect(child.stdout.getReader(), limit, timer.promise);
  const end = typeof output === 'string' ? output : await Promise.race([child.exited, timer.promise]);
  clearTimeout(expiry);
  host.off('exit', kill);
  const { exitCode: exit, signalCode: signal } = child;
  // What it left running on purpose stays.
  if (typeof output !== 'string' && end !== 'expired') return { ending: 'exit', output, exit, signal };
  kill();
  return { ending: end === 'too-long' ? end : 'expired', seconds, hasExited: exit !== null || signal !== null };
}

function start({ file, words, env }: Program, { isTerminal }: Bounds, host: NodeJS.Process) {
  // A group of its own can be ended with all that it started. At a terminal it stays in this one: it may have to ask there,
  // and Ctrl-C is for it too.
  const isGroup = !isTerminal && host.platform !== 'win32';
  const child = Bun.spawn([file, ...words.slice(1)], {
    argv0: words[0] ?? file,
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
    stdin: isTerminal ? 'inherit' : 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
    detached: isGroup,
  });
  const kill = () => {
    try {
      if (isGroup) host.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch {
      // It has ended.
    }
  };
  return { child, kill };
}

type Reader = { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> };

async function collect(
  reader: Reader,
  limit: number,
  expired: Promise<'expired'>,
): Promise<Uint8Array | 'expired' | 'too-long'> {
  const pieces: Uint8Array[] = [];
  for (let length = 0; ; ) {
    const step = await Promise.race([reader.read(), expired]);
    if (step === 'expired') return step;
    if (step.done || step.value === undefined) return Buffer.concat(pieces, length);
    length += step.value.length;
    if (length > limit) return 'too-long';
    pieces.push(step.value);
  }
}
