// Writes to stdout or stderr, straight to the descriptor: streams report a full disk late or never.

import type { fstatSync, write, writeSync } from 'node:fs';
import { findCode } from '../errors.ts';

const STDOUT = 1;
/** Bun.write reserves room for more bytes than these ahead of time, which leaves holes in a file that is appended to. */
const PIECE = 1024;
/** A text up to this many bytes is not worth loading node:fs for. */
const SHORT = 8 * PIECE;
/** Up to this many, a thread of its own takes longer than a file takes to write them. */
const MIDDLING = 64 * PIECE;

type Files = {
  readonly write: typeof write;
  readonly writeSync: typeof writeSync;
  readonly fstatSync: typeof fstatSync;
};

/** Settles once all is handed over. @param descriptor 1 or 2 @param load gives node:fs @throws the operating system's error */
export async function writeAll(descriptor: number, data: string | Uint8Array, load: () => Files): Promise<void> {
  const length = Buffer.byteLength(data);
  // Bun.write of nothing empties the file, also one that is appended to.
  if (length === 0) return;
  if (length > SHORT) return writeLong(descriptor, data, length, load());
  // Made already: a file of its own by the descriptor takes longer than the writing.
  const file = descriptor === STDOUT ? Bun.stdout : Bun.stderr;
  if (length <= PIECE) {
    // As it is: a version is out before a text has become bytes.
    await Bun.write(file, data);
    return;
  }
  const bytes = Buffer.from(data);
  for (let at = 0, end = 0; at < length; at = end) {
    end = findPieceEnd(bytes, at);
    await Bun.write(file, bytes.subarray(at, end));
  }
}

/** Between two characters: a Windows console shows each write by itself. What is no UTF-8 may be cut anywhere. */
function findPieceEnd(bytes: Uint8Array, start: number): number {
  let end = Math.min(start + PIECE, bytes.length);
  for (let back = 0; back < 3 && ((bytes[end] ?? 0) & 0xc0) === 0x80; back++) end--;
  return end;
}

/** Off the main thread: Ctrl-C works while a reader keeps the pipe full. */
async function writeLong(descriptor: number, data: string | Uint8Array, length: number, files: Files): Promise<void> {
  // A text goes as it is: its bytes would be a copy, which takes longer than the writing.
  let rest = data;
  for (let left = length; left > 0; ) {
    try {
      const count = await writeSome(descriptor, rest, files);
      left -= count;
      if (left > 0) rest = (typeof rest === 'string' ? Buffer.from(rest) : rest).subarray(count);
    } catch (error) {
      // A pipe that somebody else made non-blocking, and whose reader is slow.
      if (findCode(error) !== 'EAGAIN') throw error;
      await Bun.sleep(5);
    }
  }
}

/** The bytes that were taken. */
async function writeSome(descriptor: number, data: string | Uint8Array, files: Files): Promise<number> {
  if (typeof data === 'string' && data.length <= MIDDLING && isFile(descriptor, files)) {
    return files.writeSync(descriptor, data);
  }
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null, count: number) => (error ? reject(error) : resolve(count));
    if (typeof data === 'string') files.write(descriptor, data, settle);
    else files.write(descriptor, data, settle);
  });
}

/** A file never keeps a writer waiting for a reader. */
function isFile(descriptor: number, { fstatSync }: Files): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false; // Windows cannot describe every handle that a parent process made.
  }
}
