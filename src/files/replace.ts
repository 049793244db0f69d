// Writes a file so that at every moment, also after a crash, its path holds the old contents or the new ones, whole, and
// nobody else can read them. Knows nothing of what it writes.

import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { findCode } from '../errors.ts';

/** Every temporary file is `<name>.<16 hex digits>.tmp`, so that a killed writer's can be found and removed. */
const TEMPORARY = /^\.[0-9a-f]{16}\.tmp$/;

/** Mode 0600 from its first byte. @throws the system's error; the old file is untouched then */
export function replaceFile(path: string, text: string): void {
  const temporary = nameTemporary(path);
  try {
    writeNew(temporary, text);
    patiently(() => renameSync(temporary, path));
  } catch (error) {
    removeIfPossible(temporary);
    throw error;
  }
  flushDirectory(dirname(path));
}

/**
 * Whole, or not at all, and only where nothing is yet. Mode 0600 from its first byte.
 * @throws the system's error: EEXIST where something is there
 */
export function createFile(path: string, bytes: Uint8Array): void {
  const temporary = nameTemporary(path);
  try {
    writeNew(temporary, bytes);
    giveName(temporary, path);
  } finally {
    removeIfPossible(temporary);
  }
  flushDirectory(dirname(path));
}

const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK'];

/** A second name in one step, which fails where the name is taken: renaming would not. */
function giveName(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (!NO_LINKS.includes(findCode(error) ?? '')) throw error;
    // A file system that knows no second names.
    copyFileSync(temporary, path, constants.COPYFILE_EXCL);
  }
}

/** Removes leftovers of killed writers. Only for a caller that knows no writer is at work. */
export function removeTemporaries(path: string): void {
  const name = basename(path);
  for (const entry of readdirSync(dirname(path))) {
    if (isTemporary(entry, name)) removeIfPossible(join(dirname(path), entry));
  }
}

/** Whether there was a file to remove. @throws the system's error for anything but a missing file */
export function removeIfPresent(path: string): boolean {
  try {
    patiently(() => unlinkSync(path));
    return true;
  } catch (error) {
    const code = findCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}

/** For what is in nobody's way: it may not be there, or be in use. */
export function removeIfPossible(path: string): void {
  try {
    removeIfPresent(path);
  } catch {
    // The next writer or logout tries again.
  }
}

/** By a name that nobody can guess. From Web Crypto, because node:crypto takes a millisecond to load. */
export function nameTemporary(path: string): string {
  return `${path}.${Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex')}.tmp`;
}

/** Whether that is one for the file of that name, in the same directory. */
export function isTemporary(entry: string, name: string): boolean {
  return entry.startsWith(name) && TEMPORARY.test(entry.slice(name.length));
}

function writeNew(path: string, contents: string | Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    // The umask may have taken bits away that the owner needs.
    fchmodSync(file, 0o600);
    const bytes = Buffer.from(contents);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const BUSY = ['EPERM', 'EACCES', 'EBUSY'];
/** Half a second in all. */
const ATTEMPTS = 10;

/** Windows refuses to replace or remove a file while another process has it open, which takes it milliseconds. */
function patiently(change: () => void): void {
  for (let attempt = 1; ; attempt++) {
    try {
      change();
      return;
    } catch (error) {
      const isBusy = BUSY.includes(findCode(error) ?? '');
      // There the directory can be written, or nobody would have come so far: it is the file that is in use.
      if (isBusy && attempt === ATTEMPTS && sep === '\\')
        throw Object.assign(new Error('in use', { cause: error }), { code: 'EBUSY' });
      if (!isBusy || attempt === ATTEMPTS) throw error;
      Bun.sleepSync(10 * attempt);
    }
  }
}

/** Makes the rename itself last. Some file systems and Windows cannot; the file is whole either way. */
function flushDirectory(path: string): void {
  try {
    const directory = openSync(path, constants.O_RDONLY);
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch {
    // Nothing is lost but the guarantee against a power cut.
  }
}
