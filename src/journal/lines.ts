// The lines of one file of the journal, piece by piece: a journal may be longer than the memory.

import { closeSync, constants, fstatSync, openSync, read } from 'node:fs';
import { describeCause, Failure } from '../errors.ts';

export type Line = {
  /** Without its line break. Good until the next lines are asked for. */
  readonly bytes: Buffer;
  /** Counted from 1. */
  readonly number: number;
  /** Whether it ends in a line break. */
  readonly isWhole: boolean;
};

const NEWLINE = 10;
const PIECE = 1024 * 1024;

/** As many at a time as a piece of the file holds. A longer line comes in parts, which are no lines of a journal. @throws Failure 'journal' */
export async function* readLines(path: string): AsyncGenerator<readonly Line[]> {
  const file = openFile(path);
  try {
    const buffer = Buffer.allocUnsafe(PIECE);
    let number = 0;
    for (let kept = 0, count = -1; count !== 0; ) {
      // Not the synchronous way: Ctrl-C works meanwhile.
      count = await readInto(file, buffer, kept, path);
      const piece = buffer.subarray(0, kept + count);
      const { lines, end } = splitLines(piece, number);
      const isPart = piece.length > end && (count === 0 || piece.length - end === PIECE);
      if (isPart) lines.push({ bytes: piece.subarray(end), number: number + lines.length + 1, isWhole: count !== 0 });
      number += lines.length;
      yield lines;
      kept = isPart ? 0 : buffer.copy(buffer, 0, end, piece.length);
    }
  } finally {
    closeSync(file);
  }
}

function splitLines(piece: Buffer, before: number): { lines: Line[]; end: number } {
  const lines: Line[] = [];
  let end = 0;
  for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, end)) {
    lines.push({ bytes: piece.subarray(end, at), number: before + lines.length + 1, isWhole: true });
    end = at + 1;
  }
  return { lines, end };
}

function openFile(path: string): number {
  try {
    // Non-blocking, or a FIFO would hold the open until a writer comes.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
  } catch (cause) {
    throw unreadable(path, describeCause(cause), cause);
  }
  throw unreadable(path, 'it is not a regular file');
}

function readInto(file: number, buffer: Buffer, from: number, path: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  read(file, buffer, from, buffer.length - from, null, (cause, count) => {
    if (cause) reject(unreadable(path, describeCause(cause), cause));
    else resolve(count);
  });
  return promise;
}

function unreadable(path: string, why: string, cause?: unknown): Failure {
  return new Failure('journal', `${path} cannot be read: ${why}`, { cause });
}
