// The file that is kscli: what may replace it, and how. At every moment there is a whole kscli, the old one or the new one.

import { accessSync, constants, copyFileSync, existsSync, linkSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeCause, Failure } from '../errors.ts';
import { nameTemporary, removeIfPossible } from '../files/replace.ts';
import { requireTrusted, UntrustedPath } from '../files/safe-path.ts';
import type { World } from '../world.ts';
import { asDiskFailure, removeLeftovers, writeProgram } from './incoming.ts';
import { tryVersion } from './trial.ts';

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
 * @returns its SHA-256 @throws Failure 'disk', or 'refused' where it does not start; the old one is in its place then
 */
export async function replaceProgram(
  path: string,
  { pieces, version }: { readonly pieces: AsyncIterable<Uint8Array>; readonly version: string },
  requireSame: () => void,
  { env, now }: Pick<World, 'env' | 'now'>,
): Promise<string> {
  removeLeftovers(path, now());
  const incoming = nameTemporary(path);
  try {
    const sum = await writeProgram(incoming, path, pieces);
    const said = tryVersion(incoming, 'the new kscli', env);
    if (said !== version)
      throw new Failure('refused', `the new kscli says that it is version ${said}, not ${version}. The old one stays`);
    requireSame();
    asDiskFailure(path, () => {
      keep(path);
      renameSync(incoming, path);
    });
    return sum;
  } finally {
    removeIfPossible(incoming);
  }
}

/** The version of the kscli that was here before. @throws Failure 'refused' where there is none that starts, or somebody else's */
export function findPrevious(path: string, { env, userId }: Pick<World, 'env' | 'userId'>): string {
  const previous = previousOf(path);
  if (!existsSync(previous)) throw new Failure('refused', `there is no ${previous} to go back to`);
  requireOwn(previous, userId);
  return tryVersion(previous, `${previous}, the kscli before,`, env);
}

/** In a directory where others may write, somebody else may have been the first to take the name. */
function requireOwn(previous: string, userId: number | undefined): void {
  try {
    requireTrusted(previous, userId);
  } catch (cause) {
    const why =
      cause instanceof UntrustedPath ? `${cause.path} ${cause.message}` : `${previous}: ${describeCause(cause)}`;
    throw new Failure('refused', why, { lines: ['It was not run. Nothing was changed.'], cause });
  }
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
