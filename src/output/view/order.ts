// Rows in the order of one of their values: false, true, numbers, times, texts, what is nested; what is missing comes last.

import { compareNumbers } from '../../json/compare-numbers.ts';
import { ExactNumber } from '../../json/exact-number.ts';
import { formatInline } from '../../json/format.ts';
import { lookUp } from '../../json/look-up.ts';
import type { Json } from '../../json/value.ts';
import type { Order } from '../../schema/conditions.ts';
import { compareTimes, parseTime, type Time } from '../time.ts';

type Key = { readonly rank: number; readonly value: number | ExactNumber | Time | string };

const MISSING: Key = { rank: 9, value: 0 };

/** Rows of one value stay as they were. */
export function sortRows<T extends { readonly row: Json }>(items: readonly T[], { key, isDescending }: Order): T[] {
  const keyed = items.map((item) => ({ item, key: toKey(lookUp(item.row, key) ?? null) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key, isDescending)).map(({ item }) => item);
}

function toKey(value: Json): Key {
  if (value === null) return MISSING;
  if (typeof value === 'boolean') return { rank: value ? 1 : 0, value: 0 };
  if (typeof value === 'number' || value instanceof ExactNumber) return { rank: 2, value };
  if (typeof value !== 'string') return { rank: 5, value: formatInline(value) };
  const time = parseTime(value);
  return time ? { rank: 3, value: time } : { rank: 4, value };
}

function compareKeys(a: Key, b: Key, isDescending: boolean): number {
  // At the end either way: nobody who looks for the latest looks for a row without a time.
  if (a === MISSING || b === MISSING) return a.rank - b.rank;
  const ascending = a.rank - b.rank || compareValues(a.value, b.value);
  return isDescending ? -ascending : ascending;
}

function compareValues(a: Key['value'], b: Key['value']): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  return isTime(a) && isTime(b) ? compareTimes(a, b) : 0;
}

function isNumber(value: Key['value']): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber;
}

function isTime(value: Key['value']): value is Time {
  return typeof value === 'object' && !(value instanceof ExactNumber);
}

/** By code points, as `sort` and `jq` do it: by UTF-16 units an emoji would come before U+FF01. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (a[at] === b[at]) at++;
  return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
}

/** Of a unit; of the end of a text -1. Surrogates, which are the units of all beyond U+FFFF, come last. */
function rank(unit: number): number {
  if (Number.isNaN(unit)) return -1;
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
