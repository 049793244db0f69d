// The last line of a journal, as anybody may look at it: nothing is locked, mended or written.

import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describeCause, Failure } from '../errors.ts';
import { readHead } from './head.ts';
import { listNames } from './inspect.ts';
import type { Head } from './line.ts';
import { readTail, type Tail } from './tail.ts';

/** @throws Failure 'journal' where there is none, or where its end is not the one that journal.head knows */
export function findHead(directory: string): Head {
  // Before the files: whatever is written meanwhile only comes behind it.
  const known = readHead(directory);
  for (const name of listNames(directory).files.toReversed()) {
    const { frame, whole } = lookAt(join(directory, name));
    if (whole === 0) continue;
    const isKnown =
      frame &&
      typeof known !== 'string' &&
      (frame.seq > known.seq || (frame.seq === known.seq && frame.hash === known.hash));
    if (isKnown) return { seq: frame.seq, hash: frame.hash };
    throw new Failure('journal', `The journal in ${directory} does not end as journal.head says`, {
      lines: ['Run: kscli journal verify'],
    });
  }
  throw new Failure('journal', `There is no journal in ${directory}`);
}

function lookAt(path: string): Tail {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return readTail(file, fstatSync(file).size);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new Failure('journal', `${path} cannot be read: ${describeCause(cause)}`, { cause });
  }
}
