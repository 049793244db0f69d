// A kscli is run once before it becomes the one that is run: it tells its version. It is given no key, nor anything else that it
// does not need.

import { Failure } from '../errors.ts';
import type { Env } from '../world.ts';

/** Milliseconds for `--version`. */
const PATIENCE = 30_000;
/** Bytes that it may say. */
const LONGEST = 64 * 1024;

/** @param subject of the message where it tells none @throws Failure 'refused' */
export function tryVersion(path: string, subject: string, env: Env): string {
  const version = readVersion(path, env);
  if (version !== undefined) return version;
  throw new Failure('refused', `${subject} does not start here. Nothing was changed`);
}

function readVersion(path: string, { PATH, HOME }: Env): string | undefined {
  try {
    const { exitCode, stdout } = Bun.spawnSync([path, '--version'], {
      env: { PATH, HOME },
      stdin: 'ignore',
      stderr: 'ignore',
      timeout: PATIENCE,
      maxBuffer: LONGEST,
      killSignal: 'SIGKILL',
    });
    return exitCode === 0 ? /^kscli (\S+)(?: \(.*\))?\n/.exec(stdout.toString())?.[1] : undefined;
  } catch {
    // No program for this system.
    return undefined;
  }
}
