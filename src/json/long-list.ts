// A long list as a text whose rows are parsed part by part: as values, all of them take several times the memory of the text.

import { parseJson, tryParseJson } from './parse.ts';
import { isObject, type Json } from './value.ts';

export type LongList = {
  /** The list without its rows: an object with none under their key, or an empty array. */
  readonly frame: Json;
  /** The number of rows. */
  readonly count: number;
  /** The rows, a part at a time; each call begins anew. */
  readonly parts: () => Iterable<Json[]>;
  readonly whole: () => Json;
};

/** UTF-16 units. A shorter list is quicker as a whole, and small enough. */
const LONG = 8 * 1024 * 1024;
const PART = 2 * 1024 * 1024;
/** The key of the rows comes among the first, and so does a row's first key. */
const NEAR = 4096;

/** @param key of the rows, where the list is no bare array @returns undefined for all but a long list of objects */
export function openLongList(text: string, key: string | undefined): LongList | undefined {
  const head = text.length < LONG ? undefined : findHead(text, key);
  const cuts = head && findCuts(text, head, key);
  if (head === undefined || cuts === undefined) return undefined;
  const { parts, rest } = cuts;
  const readLast = () => readRest(text.slice(rest), head, key);
  const last = readLast();
  if (last === undefined) return undefined;
  return {
    frame: last.frame,
    count: parts.reduce((sum, { count }) => sum + count, last.rows.length),
    *parts() {
      for (const { start, end } of parts) {
        yield readPart(text.slice(start, end), head, key) ?? [];
        collectGarbage();
      }
      yield readLast()?.rows ?? [];
    },
    whole: () => parseJson(text),
  };
}

/** What stands before the rows, and what closes it behind them. */
type Head = { readonly text: string; readonly close: string };

function findHead(text: string, key: string | undefined): Head | undefined {
  const near = text.slice(0, NEAR);
  const bare = /^\s*\[\s*(?=\{)/.exec(near)?.[0];
  if (bare !== undefined) return { text: bare, close: ']' };
  const keyed = key === undefined ? null : new RegExp(`"${RegExp.escape(key)}"\\s*:\\s*\\[\\s*(?=\\{)`).exec(near);
  return keyed ? { text: near.slice(0, keyed.index + keyed[0].length), close: ']}' } : undefined;
}

type Cuts = {
  readonly parts: readonly { readonly start: number; readonly end: number; readonly count: number }[];
  /** Where the last part begins, which goes to the end of the text. */
  readonly rest: number;
};

/**
 * Between rows that begin alike. A cut is right where all before it is JSON once it is closed: within a text or a nested
 * value it would not be.
 */
function findCuts(text: string, head: Head, key: string | undefined): Cuts | undefined {
  let rest = head.text.length;
  const firstKey = /^\{\s*"(?:[^"\\]|\\.)*"\s*:/.exec(text.slice(rest, rest + NEAR))?.[0];
  if (firstKey === undefined) return undefined;
  const separator = new RegExp(`\\}\\s*,\\s*(?=${RegExp.escape(firstKey)})`, 'g');
  const parts: Cuts['parts'][number][] = [];
  for (let step = PART; ; ) {
    separator.lastIndex = rest + step;
    const found = separator.exec(text);
    if (found === null) return { parts, rest };
    const end = found.index + 1;
    const count = readPart(text.slice(rest, end), head, key)?.length;
    collectGarbage();
    if (count === undefined) step *= 2;
    else {
      parts.push({ start: rest, end, count });
      rest = separator.lastIndex;
      step = PART;
    }
  }
}

/** undefined where this is not just rows. */
function readPart(rows: string, head: Head, key: string | undefined): Json[] | undefined {
  return findRows(tryParseJson(head.text + rows + head.close), key);
}

/** The last rows, and all that is not rows; undefined where it is no JSON, or another list has the same key. */
function readRest(rest: string, head: Head, key: string | undefined): { rows: Json[]; frame: Json } | undefined {
  const list = tryParseJson(`${head.text}null,${rest}`);
  const rows = findRows(list, key);
  if (rows?.shift() !== null) return undefined;
  return { rows, frame: isObject(list) && key !== undefined ? { ...list, [key]: [] } : [] };
}

function findRows(list: Json | undefined, key: string | undefined): Json[] | undefined {
  const rows = isObject(list) && key !== undefined ? list[key] : list;
  return Array.isArray(rows) ? rows : undefined;
}

/** By itself the runtime waits until there is more of it than there is text. */
function collectGarbage(): void {
  Bun.gc(true);
}
