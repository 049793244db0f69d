// A program on its way to its place: beside the old one, by a name that nobody can guess, whole before it counts.

import { closeSync, fchmodSync, fsyncSync, lstatSync, openSync, readdirSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describeCause, Failure } from '../errors.ts';
import { createDigest } from '../files/digest.ts';
import { isTemporary, removeIfPossible } from '../files/replace.ts';

const PROGRAM_MODE = 0o755;
/** Milliseconds, from its last byte to its place. */
const LONGEST_WORK = 600_000;

/** @param path of the old one, for messages @returns the SHA-256 @throws Failure 'disk', and what the pieces throw */
export async function writeProgram(incoming: string, path: string, pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const digest = createDigest();
  const file = asDiskFailure(path, () => openSync(incoming, 'wx', PROGRAM_MODE));
  try {
    for await (const piece of pieces) {
      digest.update(piece);
      asDiskFailure(path, () => {
        for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
      });
    }
    asDiskFailure(path, () => {
      // The umask may have taken bits away.
      fchmodSync(file, PROGRAM_MODE);
      fsyncSync(file);
    });
  } finally {
    closeSync(file);
  }
  return digest.hex();
}

/** Of upgrades that were killed: each is as large as a kscli. One that is at work is younger. @param now milliseconds */
export function removeLeftovers(path: string, now: number): void {
  const name = basename(path);
  for (const entry of asDiskFailure(path, () => readdirSync(dirname(path)))) {
    if (!isTemporary(entry, name)) continue;
    const leftover = join(dirname(path), entry);
    const stats = lstatSync(leftover, { throwIfNoEntry: false });
    if (stats?.isFile() && now - stats.mtimeMs > LONGEST_WORK) removeIfPossible(leftover);
  }
}

/** @throws Failure 'disk' in place of the system's error */
export function asDiskFailure<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new Failure('disk', `${path} cannot be replaced: ${describeCause(cause)}`, {
      lines: ['The old kscli is as it was.'],
      cause,
    });
  }
}
