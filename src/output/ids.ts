// One id a line, for `xargs` and loops.

import { ExactNumber } from '../json/exact-number.ts';
import { isObject, type Json } from '../json/value.ts';
import { asObject, findRows, type Whole } from './result.ts';

export function formatIds({ data, itemsKey, id = 'id', typedId = '' }: Whole): string {
  const rows = findRows({ data, itemsKey });
  const ids = rows ? rows.flatMap((row) => findIds(row, id)) : findIds(asObject(data), id);
  return (rows === undefined && ids.join('') === '' ? [typedId] : ids)
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
}

/** Empty where the row has none, or several: a row that is a text or a number is its own. */
export function findId(row: Json, key: string): string {
  return formatId(findValue(row, key));
}

/** A row may name several. */
function findIds(row: Json, key: string): string[] {
  const value = findValue(row, key);
  return Array.isArray(value) ? value.map(formatId) : [formatId(value)];
}

function findValue(row: Json, key: string): Json {
  return isObject(row) ? (row[key] ?? row['id'] ?? null) : row;
}

function formatId(value: Json): string {
  if (value === null || typeof value === 'object') return value instanceof ExactNumber ? value.text : '';
  return String(value);
}
