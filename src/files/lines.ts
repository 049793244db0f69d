// A file that grows by whole lines, for what must outlive the process: at every moment it holds all lines that were added,
// and nobody else can read it, swap it, or add to it. Knows nothing of what the lines say.

import {
  closeSync,
  constants,
  fchmodSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { World } from '../world.ts';
import { tryLock } from './lock.ts';
import { removeIfPossible } from './replace.ts';
import { readTrusted, trustedDirectory, UntrustedPath } from './safe-path.ts';

export type Lines = {
  /** On the disk when it returns. @throws the system's error; the file is as it was then */
  readonly add: (line: string) => void;
  readonly close: () => void;
};

const LARGEST_MEBIBYTES = 512;

/** @throws UntrustedPath, also for a file that is too large; the system's error */
export function readLines(path: string, { userId }: Pick<World, 'userId'>): { text: string; path: string } {
  const real = join(trustedDirectory(dirname(path), userId), basename(path));
  return readTrusted(real, LARGEST_MEBIBYTES * 1024 * 1024, userId);
}

/**
 * Made with mode 0600 where it is missing.
 * @param kept bytes of what is there that stay: what follows them is cut off
 * @returns `busy` where another process adds to it @throws UntrustedPath; the system's error
 */
export async function openLines(
  path: string,
  kept: number,
  { userId }: Pick<World, 'userId'>,
): Promise<Lines | 'busy'> {
  const real = join(trustedDirectory(dirname(path), userId), basename(path));
  const lockPath = `${real}.lock`;
  const lock = await tryLock(lockPath, userId);
  if (lock === 'busy') return 'busy';
  const release = () => {
    if (lock === 'unavailable') return;
    removeIfPossible(lockPath);
    lock.release();
  };
  try {
    const file = openOwn(real, userId);
    // By its path: what is open for adding alone cannot be cut everywhere.
    if (fstatSync(file).size > kept) truncateSync(real, kept);
    return {
      add: (line) => addLine(file, line),
      close: () => {
        closeSync(file);
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

function openOwn(path: string, userId: number | undefined): number {
  const { O_WRONLY, O_CREAT, O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK, 0o600);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new UntrustedPath('file', path, 'is not a regular file');
    if (userId !== undefined && stats.uid !== userId) throw new UntrustedPath('file', path, 'belongs to another user');
    fchmodSync(file, 0o600);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function addLine(file: number, line: string): void {
  const { size } = fstatSync(file);
  const bytes = Buffer.from(`${line}\n`);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fdatasyncSync(file);
  } catch (error) {
    // A half line would be taken for the beginning of the next one.
    cutBack(file, size);
    throw error;
  }
}

function cutBack(file: number, size: number): void {
  try {
    ftruncateSync(file, size);
  } catch {
    // Whoever reads it drops a half line at the end.
  }
}
