// The way to the journal: its directory, its lock, and the words for what is in the way.

import { join } from 'node:path';
import { describeCause, findCode } from '../errors.ts';
import { withWriteLock, writeLock } from '../files/lock.ts';
import { trustedDirectory, UntrustedPath } from '../files/safe-path.ts';
import type { World } from '../world.ts';
import { appendLine, tryLine, writeTrial } from './append.ts';
import { Unwritable, type Warn } from './end.ts';
import type { Entry } from './line.ts';
import { LOCKED } from './names.ts';

/** A process must not close a lock file that it holds elsewhere: that would give up its own lock. */
let turn: Promise<unknown> = Promise.resolve();

/** Loads what takes long. */
export function prepareWriting(): void {
  import('bun:sqlite').catch(() => undefined);
}

/** @throws Unwritable */
export function append(directory: string | undefined, entry: Entry, world: World, warn: Warn): Promise<void> {
  return inTurn(directory, world, (place) => appendLine(place, entry, world, warn));
}

/** Makes sure that a line could be written now. @throws Unwritable */
export function tryOut(directory: string | undefined, world: World, warn: Warn): Promise<void> {
  return inTurn(directory, world, (place) => tryLine(place, world, warn));
}

function inTurn(path: string | undefined, world: World, work: (directory: string) => void): Promise<void> {
  const mine = turn.then(() => {
    if (path === undefined) throw new Unwritable('there is no place for it. Name a directory in KSCLI_JOURNAL_PATH');
    return inLock(path, world, work);
  });
  turn = mine.catch(() => undefined);
  return mine;
}

async function inLock(path: string, world: World, work: (directory: string) => void): Promise<void> {
  try {
    const directory = trustedDirectory(path, world.userId, true);
    await withWriteLock(join(directory, LOCKED), world, (isLocked) => {
      if (isLocked) return work(directory);
      // Often there is a plainer reason than the lock.
      writeTrial(directory, 0);
      throw new Unwritable(
        `the lock ${writeLock(join(path, LOCKED))} cannot be had: another kscli holds it, or the place allows none`,
      );
    });
  } catch (cause) {
    throw explain(cause, path);
  }
}

function explain(cause: unknown, path: string): unknown {
  if (cause instanceof UntrustedPath) return new Unwritable(`${cause.path} ${cause.message}`, { cause });
  if (cause instanceof Unwritable || findCode(cause) === undefined) return cause;
  return new Unwritable(`${path}: ${describeCause(cause)}`, { cause });
}
