// The files of a snapshot while they are written: one a kind of thing, each in order. Knows the kinds, and not where they come from.

import { join } from 'node:path';
import type { Sum } from '../files/own-file.ts';
import { createSortedLines, type SortedLines } from '../files/sorted-lines.ts';
import type { JsonObject } from '../json/value.ts';
import { type Directory, onDisk } from './directory.ts';
import { toKey, toLine } from './line.ts';

/** `tree`: folders and documents. `unseen`: what the user may not see. */
export type Kind = 'tree' | 'versions' | 'contents' | 'permissions' | 'unseen';

export type Written = Sum & { readonly name: string; readonly rows: number };

export type Files = {
  /** @param place of the row in its file @throws Failure 'disk', as `end` */
  readonly add: (kind: Kind, place: readonly (string | number)[], row: JsonObject) => void;
  /** Rows so far, also those that came twice. */
  readonly count: (kind: Kind) => number;
  /** Nothing more comes to a kind. */
  readonly end: (kind: Kind) => Written;
};

export function createFiles({ path, typed }: Directory): Files {
  const files = new Map<Kind, SortedLines>();
  const counts = new Map<Kind, number>();
  const open = (kind: Kind) => {
    const file = files.get(kind) ?? createSortedLines(join(path, fileOf(kind)));
    files.set(kind, file);
    return file;
  };
  return {
    add: (kind, place, row) => {
      onDisk(typed, () => open(kind).add(toKey(...place), toLine(row)));
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    },
    count: (kind) => counts.get(kind) ?? 0,
    end: (kind) => ({ name: fileOf(kind), ...onDisk(typed, () => open(kind).end()) }),
  };
}

export function fileOf(kind: Kind): string {
  return `${kind}.jsonl`;
}
