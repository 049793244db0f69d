// One id a line, for `xargs` and loops.

import { ExactNumber } from '../json/exact-number.ts';
import { isObject, type Json } from '../json/parse.ts';
import { asObject, rowsOf, type Whole } from './result.ts';

export function formatIds({ data, id = 'id', rows: key, typedId = '' }: Whole): string {
  const rows = rowsOf(data, key);
  const ids = rows ? rows.map((row) => idOf(row, id)) : [idOf(asObject(data), id) || typedId];
  return ids
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
}

function idOf(row: Json, key: string): string {
  const value = isObject(row) ? (row[key] ?? row['id'] ?? null) : row;
  if (value === null || typeof value === 'object') return value instanceof ExactNumber ? value.text : '';
  return String(value);
}
