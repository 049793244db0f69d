// What leaves a credentials file, and when: all of it, or all that is secret, at a sign-out and at the end of a lease.

import { basename, dirname, join } from 'node:path';
import { findCode } from '../errors.ts';
import { withWriteLock, writeLock } from '../files/lock.ts';
import { removeIfPresent, removeTemporaries, replaceFile } from '../files/replace.ts';
import { trustedDirectory } from '../files/safe-path.ts';
import type { World } from '../world.ts';
import { encodeBinding, type Standing } from './credentials.ts';
import type { Lease } from './lease.ts';
import type { Place } from './place.ts';
import { asDiskFailure, peekCredentials, readBinding, readStanding, refreshLock } from './store.ts';

/** Removes the file and all that kscli left beside it. Whether there were credentials. @throws Failure 'directory', 'disk' */
export async function removeCredentials(path: string, world: World): Promise<boolean> {
  return clear(path, world, (file) => {
    const removed = removeIfPresent(file);
    removeTemporaries(file);
    return removed;
  });
}

/**
 * Takes all that is secret out of a session's file and leaves what binds it. Whether there was anything.
 * @throws Failure 'directory', 'disk'
 */
export async function signOut(place: Place, world: World): Promise<boolean> {
  return clear(place.path, world, (file) => {
    removeTemporaries(file);
    const binding = readBinding(place, world);
    if (binding === undefined) return removeIfPresent(file);
    const text = encodeBinding(binding);
    if (peekCredentials(place, world) === text) return false;
    replaceOrRemove(file, text);
    return true;
  });
}

/**
 * As a sign-out, at the end of a lease: the file still tells when that was. Left alone where another sign-in came in between.
 * @param ended that one, whatever the clock says @returns the file as it was, where this ended it @throws Failure 'directory', 'disk'
 */
export async function endLease(place: Place, world: World, ended?: Lease): Promise<Standing | undefined> {
  const find = () => {
    const standing = readStanding(place, world);
    const isSame = ended && standing?.lease?.until === ended.until && standing?.lease?.startedAt === ended.startedAt;
    return standing && !standing.isSignedOut && (isSame || standing.hasEnded) ? standing : undefined;
  };
  // Whoever comes later has nothing to do, and needs no lock.
  if (find() === undefined) return undefined;
  let standing: Standing | undefined;
  await clear(place.path, world, (file) => {
    removeTemporaries(file);
    standing = find();
    if (standing) replaceOrRemove(file, encodeBinding(standing.binding, standing.lease));
    return standing !== undefined;
  });
  return standing;
}

/** @param work under the lock of writers; the locks are not needed afterwards. False where not even the directory is there */
async function clear(path: string, world: World, work: (file: string) => boolean): Promise<boolean> {
  const directory = asDiskFailure(path, () => existingDirectory(dirname(path), world));
  if (directory === undefined) return false;
  const file = join(directory, basename(path));
  return withWriteLock(file, world, () => asDiskFailure(path, () => work(file)), [refreshLock(file), writeLock(file)]);
}

/** On a full disk the secret goes all the same, and the binding with it. */
function replaceOrRemove(file: string, text: string): void {
  try {
    replaceFile(file, text);
  } catch {
    removeIfPresent(file);
  }
}

function existingDirectory(path: string, world: World): string | undefined {
  try {
    return trustedDirectory(path, world.userId);
  } catch (error) {
    if (findCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
