// journal.head: the end of the chain, as its last writer saw it. `41:9f2c…` and a line break.

import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { findCode } from '../errors.ts';
import type { Head } from './line.ts';
import { HEAD } from './names.ts';
import { openOwn } from './own-file.ts';

const FORM = /^(0|[1-9]\d{0,14}):([0-9a-f]{64})\n?$/;
/** More than the longest one. */
const LONGEST = 128;

export function formatHead({ seq, hash }: Head): string {
  return `${seq}:${hash}`;
}

/** undefined for anything else. */
export function parseHead(text: string): Head | undefined {
  const [, seq, hash] = FORM.exec(text) ?? [];
  return hash === undefined ? undefined : { seq: Number(seq), hash };
}

/** `missing` where there is none, `broken` where nobody can read what it says. */
export function readHead(directory: string): Head | 'missing' | 'broken' {
  let file: number;
  try {
    file = openSync(join(directory, HEAD), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return findCode(error) === 'ENOENT' ? 'missing' : 'broken';
  }
  try {
    if (!fstatSync(file).isFile()) return 'broken';
    const bytes = Buffer.alloc(LONGEST);
    return parseHead(bytes.toString('latin1', 0, readSync(file, bytes, 0, LONGEST, 0))) ?? 'broken';
  } finally {
    closeSync(file);
  }
}

/**
 * In place, in one go: a head has the length of the one before it, or one digit more. It is not waited for: after a power
 * cut an old one is as true as a new one.
 */
export function writeHead(directory: string, head: Head, userId: number | undefined): void {
  const { file, size } = openOwn(join(directory, HEAD), userId);
  try {
    const bytes = Buffer.from(`${formatHead(head)}\n`);
    writeSync(file, bytes, 0, bytes.length, 0);
    if (size > bytes.length) ftruncateSync(file, bytes.length);
    // A new one must last: without it a journal seems to have lost its head.
    if (size === 0) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
