// The credentials file: how it is read, replaced and removed. Renewal and origin are decided elsewhere.

import { basename, dirname, join } from 'node:path';
import { describeCause, Failure, findCode } from '../errors.ts';
import { withWriteLock } from '../files/lock.ts';
import { removeTemporaries, replaceFile } from '../files/replace.ts';
import { readTrusted, tighten, trustedDirectory, UntrustedPath } from '../files/safe-path.ts';
import type { World } from '../world.ts';
import {
  type Binding,
  type Credentials,
  decodeCredentials,
  decodeStanding,
  encodeCredentials,
  type Standing,
  type TokenCredentials,
} from './credentials.ts';
import type { Place } from './place.ts';
import { signInFailure } from './sign-in.ts';

const LARGEST_FILE = 64 * 1024;

/** @throws Failure 'not-authenticated' with the reason, 'directory' for a place that others could change */
export function loadCredentials(place: Place, world: World, warn: (message: string) => void): Credentials {
  const { text, path, isExposed } = readFile(place, world);
  if (isExposed && tighten(path)) warn(`${place.path} could be read by other users. Its mode is now 0600.`);
  return decodeCredentials(text, place, world.now());
}

/** As they lie there: not even the mode of the file is mended. @throws Failure as `loadCredentials` */
export function peekCredentials(place: Place, world: World): string {
  return readFile(place, world).text;
}

/** What is readable of it; undefined where nobody wrote one that can be believed. */
export function readStanding(place: Place, world: World): Standing | undefined {
  try {
    return decodeStanding(readFile(place, world).text, world.now());
  } catch {
    return undefined;
  }
}

export function readBinding(place: Place, world: World): Binding | undefined {
  return readStanding(place, world)?.binding;
}

/** Makes the directory where needed and checks it, before anything is asked of the server. @throws Failure 'directory', 'disk' */
export function prepareCredentials(path: string, world: World): void {
  asDiskFailure(path, () => trustedDirectory(dirname(path), world.userId, true));
}

/** @property replacing what must still be there @property revise looks again at what is there, once nobody else writes */
type Writing = { readonly replacing?: TokenCredentials; readonly revise?: (credentials: Credentials) => Credentials };

/**
 * Writes the file, or leaves it where it no longer holds `replacing`: then somebody else's assume-user or logout came in
 * between, and theirs counts.
 * @throws Failure 'directory', 'disk' (also for more than anybody would read), and what `revise` throws
 */
export async function saveCredentials(
  place: Place,
  credentials: Credentials,
  world: World,
  { replacing, revise = (same) => same }: Writing = {},
): Promise<void> {
  const { path } = place;
  const file = asDiskFailure(path, () =>
    join(trustedDirectory(dirname(path), world.userId, replacing === undefined), basename(path)),
  );
  await withWriteLock(file, world, (isLocked) => {
    if (replacing !== undefined && !isStill(replacing, place, world)) return;
    const text = encodeCredentials(revise(credentials));
    // It would be written, and then refused by everybody who reads it.
    if (Buffer.byteLength(text) > LARGEST_FILE)
      throw new Failure('disk', `The credentials file ${path} would be larger than ${LARGEST_FILE} bytes`, {
        lines: ['Nothing was written. No token or key is that long: look where it comes from.'],
      });
    asDiskFailure(path, () => {
      if (isLocked) removeTemporaries(file);
      replaceFile(file, text);
    });
  });
}

/** Held through a refresh; only ever waited for by other refreshes. */
export const refreshLock = (path: string): string => `${path}.refresh-lock`;

function isStill(expected: TokenCredentials, place: Place, world: World): boolean {
  try {
    const found = loadCredentials(place, world, () => undefined);
    if (found.isLogin) return false;
    return found.token === expected.token && found.userId === expected.userId && found.tenantId === expected.tenantId;
  } catch {
    return false;
  }
}

function readFile({ path, session }: Place, world: World): ReturnType<typeof readTrusted> {
  try {
    return readTrusted(join(trustedDirectory(dirname(path), world.userId), basename(path)), LARGEST_FILE, world.userId);
  } catch (cause) {
    if (cause instanceof UntrustedPath && cause.subject === 'directory') throw refusedDirectory(cause);
    throw signInFailure('not-authenticated', { session }, { lines: [`${whyUnread(cause, path)}.`], cause });
  }
}

function whyUnread(cause: unknown, path: string): string {
  if (cause instanceof UntrustedPath) return `The credentials file is refused: ${cause.path} ${cause.message}`;
  return findCode(cause) === 'ENOENT'
    ? `There are no credentials in ${path}`
    : `The credentials file ${path} cannot be read: ${describeCause(cause)}`;
}

/** Turns an error of the file system into a failure with the path in it. */
export function asDiskFailure<T>(path: string, work: () => T): T {
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

export function refusedDirectory(cause: UntrustedPath): Failure {
  return new Failure('directory', `Unsafe place for credentials: ${cause.path} ${cause.message}`, {
    lines: ['Another user could swap the file there. Set KSCLI_CREDENTIALS_PATH to a file in a directory of your own.'],
    cause,
  });
}
