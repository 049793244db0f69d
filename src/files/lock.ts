// A lock between processes that the kernel drops when its holder dies: SQLite's exclusive transaction on an empty file.
// aws-vault and cargo use the same idea through flock, which this runtime does not offer.

import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import { findCode } from '../errors.ts';
import type { World } from '../world.ts';
import { removeIfPossible } from './replace.ts';

export type Lock = { release(): void };

/** `busy` while another process holds it; `unavailable` where the place allows no lock, which never blocks anyone. */
export async function tryLock(path: string, userId: number | undefined): Promise<Lock | 'busy' | 'unavailable'> {
  const { Database } = await import('bun:sqlite');
  let file: number | undefined;
  let database: InstanceType<typeof Database> | undefined;
  const release = () => {
    database?.close();
    // Not before: closing any descriptor of a file gives up all of the process's POSIX locks on it.
    if (file !== undefined) closeSync(file);
  };
  try {
    file = openSync(
      path,
      constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
      0o600,
    );
    const mine = fstatSync(file);
    if (!mine.isFile() || mine.size > 0 || (userId !== undefined && mine.uid !== userId)) {
      release();
      return 'unavailable';
    }
    database = new Database(path, { create: false, readwrite: true });
    // Nothing is ever written: without this the lock would make a file of its own, and a killed holder would leave it.
    database.run('PRAGMA journal_mode = MEMORY');
    database.run('BEGIN EXCLUSIVE');
    // A logout may have removed the file in between; then the lock is on a file that nobody else will find.
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there?.ino === mine.ino && there.dev === mine.dev) return { release };
    release();
    return 'busy';
  } catch (error) {
    release();
    return findCode(error)?.startsWith('SQLITE_BUSY') ? 'busy' : 'unavailable';
  }
}

/** Held for the moment of a write, never during a request. */
export const writeLock = (path: string): string => `${path}.write-lock`;

const WRITE_LOCK_WAIT_MS = 5000;

/**
 * Without the lock where it cannot be had: a holder that was stopped must not keep others from signing in or out.
 * @param unneeded lock files that are not needed any more, this lock's among them
 */
export async function withWriteLock<T>(
  path: string,
  world: World,
  work: (isLocked: boolean) => T,
  unneeded: readonly string[] = [],
): Promise<T> {
  // While the lock is held, or another could take it on a file that the next one does not find. Windows removes no file
  // that is open, which is as safe: there once it is released.
  const isRemovedHeld = world.platform !== 'win32';
  const end = world.elapsed() + WRITE_LOCK_WAIT_MS;
  for (;;) {
    const lock = await tryLock(writeLock(path), world.userId);
    if (lock === 'busy' && world.elapsed() < end) {
      await world.sleep(5 + 15 * Math.random());
      continue;
    }
    const held = typeof lock === 'object' ? lock : undefined;
    try {
      const result = work(held !== undefined);
      if (isRemovedHeld) unneeded.forEach(removeIfPossible);
      return result;
    } finally {
      held?.release();
      if (!isRemovedHeld) unneeded.forEach(removeIfPossible);
    }
  }
}
