// The end of one file of the journal: its last whole line, and what stands behind it that is none.

import { closeSync, fdatasyncSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { type Frame, readFrame } from './line.ts';
import { TORN } from './names.ts';
import { openOwn } from './own-file.ts';

const NEWLINE = 10;
const PIECE = 8 * 1024;
/** No writer makes a longer one. */
const LONGEST_LINE = 64 * 1024;

export type Tail = {
  /** Of the last whole line; undefined for one that is not as it was written, and where there is none. */
  readonly frame: Frame | undefined;
  /** Bytes of the whole lines. */
  readonly whole: number;
  /** Bytes behind them: a line that was never finished. */
  readonly torn: number;
};

/** @param size of the file */
export function readTail(file: number, size: number): Tail {
  const whole = findNewline(file, size) + 1;
  const start = whole === 0 ? 0 : findNewline(file, whole - 1) + 1;
  const isLine = whole > 0 && whole - start <= LONGEST_LINE;
  const frame = isLine ? readFrame(readRange(file, start, whole - 1)) : undefined;
  return { frame, whole, torn: size - whole };
}

/** Its place before `end`; -1 where there is none. */
function findNewline(file: number, end: number): number {
  for (let to = end; to > 0; ) {
    const from = Math.max(0, to - PIECE);
    const at = readRange(file, from, to).lastIndexOf(NEWLINE);
    if (at !== -1) return from + at;
    to = from;
  }
  return -1;
}

function readRange(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  for (let read = 0, count = -1; read < bytes.length && count !== 0; read += count)
    count = readSync(file, bytes, read, bytes.length - read, from + read);
  return bytes;
}

/** First a copy, then the cut: a process that dies in between has lost nothing. @param path of the file */
export function setAside(path: string, file: number, { whole, torn }: Tail, userId: number | undefined): void {
  const aside = openOwn(path + TORN, userId, true);
  try {
    for (let at = whole; at < whole + torn; at += PIECE)
      writeSync(aside.file, readRange(file, at, Math.min(at + PIECE, whole + torn)));
    writeSync(aside.file, '\n');
    fdatasyncSync(aside.file);
  } finally {
    closeSync(aside.file);
  }
  ftruncateSync(file, whole);
}
