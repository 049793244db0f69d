// The last lines of a journal, for somebody who helps: only what a line may hold, made anew.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../json/value.ts';
import { ALL_KEYS } from './line.ts';
import { listFiles } from './names.ts';

/** Looked at, from the end of a file. */
const PIECE = 64 * 1024;
/** On the first of a month the newest file holds next to nothing. */
const NEWEST = 2;

/**
 * About one session: those of others are nobody's business. None where there is no journal, or where it cannot be read.
 * @param session undefined for the unnamed one
 */
export function readLast(directory: string, session: string | undefined, count: number): JsonObject[] {
  try {
    const newest = listFiles(directory).files.slice(-NEWEST);
    const lines = newest.flatMap((name) => readEnd(join(directory, name)));
    return lines.filter((line) => line['event'] !== 'file.open' && line['session'] === session).slice(-count);
  } catch {
    return [];
  }
}

function readEnd(path: string): JsonObject[] {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = Buffer.alloc(PIECE);
    const length = readSync(file, bytes, 0, PIECE, Math.max(0, fstatSync(file).size - PIECE));
    return bytes.toString('utf8', 0, length).split('\n').flatMap(pickKnown);
  } finally {
    closeSync(file);
  }
}

function pickKnown(line: string): JsonObject[] {
  try {
    const fields: unknown = JSON.parse(line);
    if (!isObject(fields)) return [];
    return [Object.fromEntries(Object.entries(fields).filter(([key]) => ALL_KEYS.includes(key)))];
  } catch {
    return [];
  }
}
