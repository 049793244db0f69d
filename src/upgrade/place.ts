// The file that is kscli: what may replace it, and how. At every moment there is a whole kscli, the old one or the new one.

import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { describeCause, Failure } from '../errors.ts';
import { removeIfPossible } from '../files/replace.ts';
import type { Env } from '../world.ts';

const PROGRAM_MODE = 0o755;
/** Milliseconds for `--version`. */
const PATIENCE = 30_000;

function previousOf(path: string): string {
  return `${path}.previous`;
}

/** Before anything is downloaded. @throws Failure 'disk' */
export function requireWritable(path: string): void {
  const directory = dirname(path);
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Failure('disk', `${directory} cannot be written: ${describeCause(cause, 'directory')}`, {
      lines: ['Run this as a user who may write there. Nothing was changed.'],
      cause,
    });
  }
}

/** What is there now. @returns for later: whether that is still so @throws Failure 'refused' for another program */
export function watchProgram(path: string): () => void {
  const identify = () => {
    const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true });
    return [dev, ino, size, mtimeNs].join(' ');
  };
  const before = asDiskFailure(path, identify);
  return () => {
    if (asDiskFailure(path, identify) === before) return;
    throw new Failure('refused', `${path} was replaced meanwhile, perhaps by another upgrade. It stays as it is`);
  };
}

/**
 * Writes the program beside the old one, runs it once, and puts it in the old one's place, which is kept.
 * @param requireSame that the old one is the one to be kept: of two upgrades at once the second would keep the first one's
 * @throws Failure 'disk', or 'refused' where it does not start; the old one is in its place then
 */
export function replaceProgram(
  path: string,
  { bytes, version }: { readonly bytes: Uint8Array; readonly version: string },
  requireSame: () => void,
  env: Env,
): void {
  const incoming = nameTemporary(path);
  try {
    asDiskFailure(path, () => writeProgram(incoming, bytes));
    requireStart(incoming, version, env);
    requireSame();
    asDiskFailure(path, () => {
      keep(path);
      renameSync(incoming, path);
    });
  } finally {
    removeIfPossible(incoming);
  }
}

/** The version of the kscli that was here before. @throws Failure 'refused' where there is none that starts */
export function findPrevious(path: string, env: Env): string {
  const previous = previousOf(path);
  if (!existsSync(previous)) throw new Failure('refused', `there is no ${previous} to go back to`);
  const version = readVersion(previous, env);
  if (version === undefined) throw doesNotStart(`${previous}, the kscli before,`);
  return version;
}

/** The one before and this one change places, so that the way back leads forward again. @throws Failure 'disk' */
export function swapWithPrevious(path: string): void {
  const kept = nameTemporary(path);
  asDiskFailure(path, () => {
    try {
      addName(path, kept);
      renameSync(previousOf(path), path);
      renameSync(kept, previousOf(path));
    } finally {
      removeIfPossible(kept);
    }
  });
}

export function sha256Of(path: string): string {
  return new Bun.CryptoHasher('sha256').update(readFileSync(path)).digest('hex');
}

function keep(path: string): void {
  const kept = nameTemporary(path);
  try {
    addName(path, kept);
    renameSync(kept, previousOf(path));
  } finally {
    removeIfPossible(kept);
  }
}

/** A copy where the file system knows no second name for a file. */
function addName(path: string, name: string): void {
  try {
    linkSync(path, name);
  } catch {
    copyFileSync(path, name, constants.COPYFILE_EXCL);
  }
}

function writeProgram(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', PROGRAM_MODE);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // The umask may have taken bits away.
  chmodSync(path, PROGRAM_MODE);
}

function requireStart(path: string, version: string, env: Env): void {
  const said = readVersion(path, env);
  if (said === undefined) throw doesNotStart('the new kscli');
  if (said !== version)
    throw new Failure('refused', `the new kscli says that it is version ${said}, not ${version}. The old one stays`);
}

function doesNotStart(subject: string): Failure {
  return new Failure('refused', `${subject} does not start here. Nothing was changed`);
}

/** The version that the program tells; undefined where it tells none. It is given no key, nor anything else that it does not need. */
function readVersion(path: string, { PATH, HOME }: Env): string | undefined {
  try {
    const { exitCode, stdout } = Bun.spawnSync([path, '--version'], {
      env: { PATH, HOME },
      stdin: 'ignore',
      stderr: 'ignore',
      timeout: PATIENCE,
    });
    return exitCode === 0 ? /^kscli (\S+)(?: \(.*\))?\n/.exec(stdout.toString())?.[1] : undefined;
  } catch {
    // No program for this system.
    return undefined;
  }
}

function nameTemporary(path: string): string {
  return `${path}.${Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex')}.tmp`;
}

function asDiskFailure<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new Failure('disk', `${path} cannot be replaced: ${describeCause(cause)}`, {
      lines: ['The old kscli is as it was.'],
      cause,
    });
  }
}
