// The credentials file: its place, and how it is read, replaced and removed. Renewal and origin are decided elsewhere.

import { statSync } from 'node:fs';
import { basename, dirname, join, posix, win32 } from 'node:path';
import { describeCause, Failure, findCode } from '../errors.ts';
import { withWriteLock, writeLock } from '../files/lock.ts';
import { removeIfPresent, removeTemporaries, replaceFile } from '../files/replace.ts';
import { readTrusted, tighten, trustedDirectory, UntrustedPath } from '../files/safe-path.ts';
import type { World } from '../world.ts';
import { type Credentials, decodeCredentials, encodeCredentials } from './credentials.ts';
import { signInFailure } from './sign-in.ts';

const LARGEST_FILE = 64 * 1024;

/** The file's place, for a path that may name a directory. @throws Failure 'settings' */
export function credentialsFile(path: string | undefined, platform: World['platform']): string {
  if (path === undefined)
    throw new Failure('settings', 'There is no place for credentials. Name a file in KSCLI_CREDENTIALS_PATH');
  const { join: joinPath } = platform === 'win32' ? win32 : posix;
  const isDirectory = endsWithSeparator(path, platform) || isExistingDirectory(path);
  return isDirectory ? joinPath(path, '.credentials') : path;
}

function endsWithSeparator(path: string, platform: World['platform']): boolean {
  return path.endsWith('/') || (platform === 'win32' && path.endsWith('\\'));
}

/** False also for a path that cannot be looked at: reading or writing it will tell why. */
function isExistingDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** @throws Failure 'not-authenticated' with the reason, 'directory' for a place that others could change */
export function loadCredentials(path: string, world: World, warn: (message: string) => void): Credentials {
  const { text, tightened } = readFile(path, world);
  if (tightened) warn(`${path} could be read by other users. Its mode is now 0600.`);
  return decodeCredentials(text, path);
}

/** Makes the directory where needed and checks it, before anything is asked of the server. @throws Failure 'directory', 'disk' */
export function prepareCredentials(path: string, world: World): void {
  asDiskFailure(path, () => trustedDirectory(dirname(path), world.userId, true));
}

/**
 * Writes the file, or leaves it where it no longer holds `replacing`: then somebody else's assume-user or logout came in
 * between, and theirs counts.
 * @throws Failure 'directory', 'disk'
 */
export async function saveCredentials(
  path: string,
  credentials: Credentials,
  world: World,
  replacing?: Credentials,
): Promise<void> {
  const place = asDiskFailure(path, () =>
    join(trustedDirectory(dirname(path), world.userId, replacing === undefined), basename(path)),
  );
  await withWriteLock(place, world, (isLocked) => {
    if (replacing !== undefined && !isStill(replacing, path, world)) return;
    asDiskFailure(path, () => {
      if (isLocked) removeTemporaries(place);
      replaceFile(place, encodeCredentials(credentials));
    });
  });
}

/** Removes the file and all that kscli left beside it. Whether there were credentials. @throws Failure 'directory', 'disk' */
export async function removeCredentials(path: string, world: World): Promise<boolean> {
  const directory = asDiskFailure(path, () => existingDirectory(dirname(path), world));
  if (directory === undefined) return false;
  const place = join(directory, basename(path));
  const work = () => {
    const removed = removeIfPresent(place);
    removeTemporaries(place);
    return removed;
  };
  const locks = [refreshLock(place), writeLock(place)];
  return withWriteLock(place, world, () => asDiskFailure(path, work), locks);
}

/** Held through a refresh; only ever waited for by other refreshes. */
export const refreshLock = (path: string): string => `${path}.refresh-lock`;

function isStill(expected: Credentials, path: string, world: World): boolean {
  try {
    const found = loadCredentials(path, world, () => undefined);
    return found.token === expected.token && found.userId === expected.userId && found.tenantId === expected.tenantId;
  } catch {
    return false;
  }
}

function readFile(path: string, world: World): { text: string; tightened: boolean } {
  try {
    const place = join(trustedDirectory(dirname(path), world.userId), basename(path));
    const { text, path: found, isExposed } = readTrusted(place, LARGEST_FILE, world.userId);
    return { text, tightened: isExposed && tighten(found) };
  } catch (cause) {
    if (cause instanceof UntrustedPath && cause.subject === 'directory') throw refusedDirectory(cause);
    throw signInFailure('not-authenticated', undefined, { lines: [`${whyUnread(cause, path)}.`], cause });
  }
}

function whyUnread(cause: unknown, path: string): string {
  if (cause instanceof UntrustedPath) return `The credentials file is refused: ${cause.path} ${cause.message}`;
  return findCode(cause) === 'ENOENT'
    ? `There are no credentials in ${path}`
    : `The credentials file ${path} cannot be read: ${describeCause(cause)}`;
}

function existingDirectory(path: string, world: World): string | undefined {
  try {
    return trustedDirectory(path, world.userId);
  } catch (error) {
    if (findCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Turns an error of the file system into a failure with the path in it. */
function asDiskFailure<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof UntrustedPath) throw refusedDirectory(cause);
    if (findCode(cause) === undefined) throw cause;
    throw new Failure('disk', `The credentials file ${path} cannot be changed: ${describeCause(cause)}`, {
      lines: ['To keep it elsewhere, set KSCLI_CREDENTIALS_PATH.'],
      cause,
    });
  }
}

function refusedDirectory(cause: UntrustedPath): Failure {
  return new Failure('directory', `Unsafe place for credentials: ${cause.path} ${cause.message}`, {
    lines: ['Another user could swap the file there. Set KSCLI_CREDENTIALS_PATH to a file in a directory of your own.'],
    cause,
  });
}
