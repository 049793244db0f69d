// A file of the journal, opened for writing: regular, nobody else's, and readable by nobody else, as the credentials are.

import { closeSync, constants, fchmodSync, fstatSync, openSync } from 'node:fs';
import { findCode } from '../errors.ts';
import { UntrustedPath } from '../files/safe-path.ts';

const WRITABLE_BY_OTHERS = 0o022;
const READABLE_BY_OTHERS = 0o077;

const FLAGS = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** @property isTightened others could read it until now */
export type OwnFile = { readonly file: number; readonly size: number; readonly isTightened: boolean };

/**
 * Made with mode 0600 where it is missing. For appending every write goes to the end, wherever that is by then.
 * @param path in a directory that trustedDirectory gave @throws UntrustedPath; the system's error otherwise
 */
export function openOwn(path: string, userId: number | undefined, isAppending = false): OwnFile {
  const file = openFile(path, isAppending ? FLAGS | constants.O_APPEND : FLAGS);
  try {
    const stats = fstatSync(file);
    const refuse = (why: string) => new UntrustedPath('file', path, why);
    if (!stats.isFile()) throw refuse('is not a regular file');
    if (userId === undefined) return { file, size: stats.size, isTightened: false };
    if (stats.uid !== userId) throw refuse('belongs to another user');
    if (stats.mode & WRITABLE_BY_OTHERS) throw refuse('can be written by other users');
    const isTightened = (stats.mode & READABLE_BY_OTHERS) !== 0;
    // Also where the umask took bits away that the owner needs.
    if ((stats.mode & 0o777) !== 0o600) fchmodSync(file, 0o600);
    return { file, size: stats.size, isTightened };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function openFile(path: string, flags: number): number {
  try {
    return openSync(path, flags, 0o600);
  } catch (error) {
    const code = findCode(error);
    if (code === 'ELOOP') throw new UntrustedPath('file', path, 'is a link');
    if (code === 'EISDIR' || code === 'ENXIO') throw new UntrustedPath('file', path, 'is not a regular file');
    throw error;
  }
}
