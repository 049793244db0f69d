// The end of the chain: where the next line goes, and what it follows. A torn line is set aside on the way.

import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { readHead, writeHead } from './head.ts';
import { BEGINNING, type Head } from './line.ts';
import { TORN } from './names.ts';
import { openOwn } from './own-file.ts';
import { readTail, setAside, type Tail } from './tail.ts';

/** The reason why the journal cannot be written, in words that follow a colon. */
export class Unwritable extends Error {}

export type Warn = (sentence: string) => void;

export type End = {
  readonly head: Head;
  /** Whether the file has lines already. */
  readonly isOpen: boolean;
  /** The file before it, where there is one. */
  readonly previous: string | undefined;
};

/** @param files in their order @param name of the file that the next line goes to */
export function findEnd(
  directory: string,
  files: readonly string[],
  name: string,
  userId: number | undefined,
  warn: Warn,
): End {
  const known = readHead(directory);
  if (files.length === 0 && known === 'missing') {
    // Before the first line: from here on a journal without a head has lost it.
    writeHead(directory, BEGINNING, userId);
    return { head: BEGINNING, isOpen: false, previous: undefined };
  }
  let isTorn = false;
  for (const last of files.toReversed()) {
    const { frame, whole, torn } = mend(join(directory, last), userId, warn);
    isTorn ||= torn > 0;
    // Nothing is left of it, or nothing was ever written.
    if (whole === 0) continue;
    const head = chooseHead(frame ?? 'broken', isTorn, known, warn);
    return { head, isOpen: last === name, previous: last === name ? undefined : last };
  }
  return { head: chooseHead(BEGINNING, isTorn, known, warn), isOpen: false, previous: undefined };
}

/** The end of a file, without the line that was never finished. */
function mend(path: string, userId: number | undefined, warn: Warn): Tail {
  const own = openOwn(path, userId);
  try {
    if (own.isTightened) warn(`${path} could be read by other users. Its mode is now 0600.`);
    const tail = readTail(own.file, own.size);
    if (tail.torn === 0) return tail;
    setAside(path, own.file, tail, userId);
    warn(`The last line of ${path} was never finished. It lies in ${path}${TORN} now.`);
    return tail;
  } finally {
    closeSync(own.file);
  }
}

/**
 * A chain that is shorter than its head, or another one, goes on from the head: what is missing stays missing, for verify
 * to find, however many lines follow.
 * @param last what the last whole line says
 */
function chooseHead(last: Head | 'broken', isTorn: boolean, known: ReturnType<typeof readHead>, warn: Warn): Head {
  if (typeof known === 'string') {
    warn(`journal.head is ${known === 'missing' ? 'missing' : 'no head of a journal'}. ${ADVICE}`);
    if (last === 'broken') throw new Unwritable('its last line is no line of a journal');
    return last;
  }
  if (last !== 'broken') {
    const isSame = last.seq === known.seq && last.hash === known.hash;
    // A writer that was killed before it wrote the head; a line that was torn after it.
    if (isSame || last.seq > known.seq || (isTorn && last.seq + 1 === known.seq)) return last;
  }
  warn(`The journal does not end as journal.head says. ${ADVICE}`);
  return known;
}

const ADVICE = 'Run: kscli journal verify';
