// The files of a journal: one a month, the head beside them, and what was set aside. Names alone.

import { readdirSync } from 'node:fs';
import { findCode } from '../errors.ts';

const FILE = /^\d{4}-\d\d\.jsonl$/;

/** Beside the files: number and hash of the last line. */
export const HEAD = 'journal.head';
/** Stands for the journal's lock. */
export const LOCKED = 'journal';
/** Behind the name of the file that the torn line stood in. */
export const TORN = '.torn';

/** @param at milliseconds since the epoch; months are those of UTC */
export function nameFile(at: number): string {
  return `${new Date(at).toISOString().slice(0, 7)}.jsonl`;
}

export type Names = { readonly files: readonly string[]; readonly torn: readonly string[] };

/** In the order of the chain. None where there is no directory. @throws the system's error */
export function listFiles(directory: string): Names {
  const entries = readEntries(directory).sort();
  return {
    files: entries.filter((name) => FILE.test(name)),
    torn: entries.filter((name) => name.endsWith(TORN) && FILE.test(name.slice(0, -TORN.length))),
  };
}

function readEntries(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (findCode(error) === 'ENOENT') return [];
    throw error;
  }
}
