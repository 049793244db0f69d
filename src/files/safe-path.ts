// Safe paths: directories and files that can be trusted with secrets, since no other user could swap or write them, as
// OpenSSH decides for its keys. Windows has no such modes: its per-user directories are protected by the system.

import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { findCode } from '../errors.ts';
import { absolute } from './locate.ts';

type Subject = 'directory' | 'file';

/** A complaint about a path, in words that follow it: `is …`. */
export class UntrustedPath extends Error {
  readonly path: string;
  readonly subject: Subject;
  constructor(subject: Subject, path: string, message: string) {
    super(message);
    this.subject = subject;
    this.path = path;
  }
}

const WRITABLE_BY_OTHERS = 0o022;
const READABLE_BY_OTHERS = 0o077;
const STICKY = 0o1000;
const MAX_LINKS = 40;

/**
 * Follows the path of a directory from the root, link by link, to the real one.
 * Missing directories are made with mode 0700 where `create` says so.
 * @throws UntrustedPath for a directory or link that another user could change; the system's error otherwise
 */
export function trustedDirectory(path: string, userId: number | undefined, create = false): string {
  if (userId === undefined) return windowsDirectory(path, create);
  const pending = namesIn(path);
  let at = '/';
  let stats = lstatSync(at);
  for (let links = 0; ; ) {
    checkDirectory(at, stats, userId);
    const name = pending.shift();
    if (name === undefined) return at;
    const next = join(at, name);
    stats = create ? statOrMake(next) : lstatSync(next);
    if (stats.isSymbolicLink()) {
      if (++links > MAX_LINKS) throw new UntrustedPath('directory', path, 'is a chain of links without an end');
      pending.unshift(...namesIn(linkTarget('directory', next, stats, userId)));
      at = '/';
      stats = lstatSync(at);
    } else {
      at = next;
    }
  }
}

/**
 * The text of a file that no other user could have written, and where links led to it. `isExposed` tells that others can
 * read it.
 * @param path in a directory that trustedDirectory gave
 * @throws UntrustedPath for anything but a regular file of the caller or root; the system's error otherwise
 */
export function readTrusted(
  path: string,
  limit: number,
  userId: number | undefined,
): { text: string; path: string; isExposed: boolean } {
  const place = followTrusted(path, userId);
  // Non-blocking, or a FIFO would hold the open until a writer comes.
  const file = openSync(place, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
  try {
    const stats = fstatSync(file);
    checkFile(place, stats, limit, userId);
    const isExposed = stats.uid === userId && (stats.mode & READABLE_BY_OTHERS) !== 0;
    return { text: readAll(file, stats.size, limit), path: place, isExposed };
  } finally {
    closeSync(file);
  }
}

/** For a file of any size that is used by its path. @throws as readTrusted */
export function requireTrusted(path: string, userId: number | undefined): void {
  const place = followTrusted(path, userId);
  checkFile(place, lstatSync(place), Number.POSITIVE_INFINITY, userId);
}

function followTrusted(path: string, userId: number | undefined, links = 0): string {
  const link = lstatSync(path);
  if (!link.isSymbolicLink()) return path;
  if (links === MAX_LINKS) throw new UntrustedPath('file', path, 'is a chain of links without an end');
  const target = linkTarget('file', path, link, userId);
  return followTrusted(join(trustedDirectory(dirname(target), userId), basename(target)), userId, links + 1);
}

function checkFile(path: string, stats: Stats, limit: number, userId: number | undefined): void {
  const refuse = (why: string) => new UntrustedPath('file', path, why);
  if (!stats.isFile()) throw refuse('is not a regular file');
  if (stats.size > limit) throw refuse(`is larger than ${limit} bytes`);
  if (userId === undefined) return;
  if (!isOwn(stats, userId)) throw refuse('belongs to another user');
  if (stats.mode & WRITABLE_BY_OTHERS) throw refuse('can be written by other users');
}

function checkDirectory(path: string, stats: Stats, userId: number): void {
  const refuse = (why: string) => new UntrustedPath('directory', path, why);
  if (!stats.isDirectory()) throw refuse('is not a directory');
  if (!isOwn(stats, userId)) throw refuse('belongs to another user');
  if (stats.mode & WRITABLE_BY_OTHERS && !(stats.mode & STICKY)) throw refuse('can be written by other users');
}

/** Absolute. A link of a stranger could be turned around at any moment. */
function linkTarget(subject: Subject, path: string, stats: Stats, userId: number | undefined): string {
  if (userId !== undefined && !isOwn(stats, userId)) {
    throw new UntrustedPath(subject, path, 'is a link that belongs to another user');
  }
  return resolve(dirname(path), readlinkSync(path));
}

function namesIn(path: string): string[] {
  return resolve(path).split(sep).filter(Boolean);
}

function isOwn(stats: Stats, userId: number): boolean {
  return stats.uid === 0 || stats.uid === userId;
}

function statOrMake(path: string): Stats {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found !== undefined) return found;
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been first. Whose it is will be checked like any other.
    if (findCode(error) !== 'EEXIST') throw error;
  }
  return lstatSync(path);
}

/** @param size as it was: a file may grow meanwhile, but not beyond the limit */
function readAll(file: number, size: number, limit: number): string {
  let bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (let count = -1; count !== 0 && length <= limit; length += count) {
    if (length === bytes.length) bytes = Buffer.concat([bytes], limit + 1);
    count = readSync(file, bytes, length, bytes.length - length, null);
  }
  return bytes.toString('utf8', 0, length);
}

/** Only its owner can read it from now on. False where that cannot be had: on a file system that is mounted read-only. */
export function tighten(path: string): boolean {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    try {
      fchmodSync(file, 0o600);
      return true;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

/** Absolute first: the runtime refuses to make `.`, and `C:`, the current directory of that drive. */
function windowsDirectory(path: string, create: boolean): string {
  const directory = absolute(path);
  if (create) mkdirSync(directory, { recursive: true });
  return directory;
}
