// The directory of a snapshot: new or empty, for its owner alone, and marked as not whole until its manifest is there.

import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describeCause, Failure, findCode } from '../errors.ts';
import { locate } from '../files/locate.ts';
import { createOwnFile } from '../files/own-file.ts';
import { removeIfPresent, replaceFile } from '../files/replace.ts';
import { trustedDirectory, UntrustedPath } from '../files/safe-path.ts';
import type { World } from '../world.ts';

export const MANIFEST = 'manifest.json';
const MARK = 'INCOMPLETE';
const MARK_TEXT = `This snapshot is not whole: it has no ${MANIFEST}. Remove the directory, and take it again.\n`;

export type Directory = {
  /** As it was typed. */
  readonly typed: string;
  readonly path: string;
  /** Empty, and for nobody else. */
  readonly isThere: boolean;
};

/** Nothing is made yet. @throws Failure 'usage' for one that holds something, or that others could read or change */
export function checkDirectory(typed: string, { home, userId }: World): Directory {
  const path = locate(typed, home);
  const refuse = (why: string, cause?: unknown) => new Failure('usage', `<directory>: '${typed}' ${why}`, { cause });
  try {
    const parent = trustedDirectory(dirname(path), userId);
    const real = join(parent, basename(path));
    const stats = lstatSync(real, { throwIfNoEntry: false });
    if (stats === undefined) return { typed, path: real, isThere: false };
    if (!stats.isDirectory()) throw refuse('exists already, and is no directory');
    if (userId !== undefined && (stats.uid !== userId || (stats.mode & 0o077) !== 0))
      throw refuse('exists already, and is not for you alone. Name a new one');
    if (readdirSync(real).length > 0) throw refuse('is not empty. Name a new one');
    return { typed, path: real, isThere: true };
  } catch (cause) {
    if (cause instanceof UntrustedPath)
      throw refuse(`cannot be kept from others: ${cause.path} ${cause.message}`, cause);
    if (findCode(cause) === undefined) throw cause;
    throw refuse(`cannot be made: ${describeCause(cause, 'directory')}`, cause);
  }
}

/** @throws Failure 'disk', as `markDirectory` */
export function makeDirectory({ path, typed, isThere }: Directory): void {
  onDisk(typed, () => {
    if (isThere) return;
    // One that has come in between is somebody else's: an error.
    mkdirSync(path, { mode: 0o700 });
    // The umask may have taken bits away that the owner needs.
    chmodSync(path, 0o700);
  });
}

/** The first that is written. */
export function markDirectory({ path, typed }: Directory): void {
  onDisk(typed, () => {
    const mark = createOwnFile(join(path, MARK));
    mark.write(MARK_TEXT);
    mark.end();
  });
}

/** The last that is written: whoever finds the manifest finds all that it names. @throws Failure 'disk' */
export function closeDirectory({ path, typed }: Directory, manifest: string): void {
  onDisk(typed, () => {
    removeIfPresent(join(path, MARK));
    replaceFile(join(path, MANIFEST), manifest);
  });
}

/** @throws Failure 'disk' in place of the system's error */
export function onDisk<T>(typed: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof Failure || findCode(cause) === undefined) throw cause;
    throw new Failure('disk', `${typed} cannot be written: ${describeCause(cause)}`, { cause });
  }
}
