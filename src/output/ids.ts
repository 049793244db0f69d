// One id a line, for `xargs` and loops.

import { ExactNumber } from '../json/exact-number.ts';
import { isObject, type Json } from '../json/value.ts';
import { asObject, findRows, type Whole } from './result.ts';

export function formatIds({ data, itemsKey, id = 'id', typedId = '' }: Whole): string {
  const rows = findRows({ data, itemsKey });
  const ids = rows ? rows.map((row) => findId(row, id)) : [findId(asObject(data), id) || typedId];
  return ids
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
}

/** Empty where the row has none: a row that is a text or a number is its own. */
export function findId(row: Json, key: string): string {
  const value = isObject(row) ? (row[key] ?? row['id'] ?? null) : row;
  if (value === null || typeof value === 'object') return value instanceof ExactNumber ? value.text : '';
  return String(value);
}
