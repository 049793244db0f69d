// One JSON value a line: a row of a list, or the whole of anything else.

import type { ExactNumber } from '../exact-number.ts';
import { isObject, type Json, keysOf } from '../json.ts';
import { formatScalar } from './json.ts';
import { rowsOf, type Whole } from './view.ts';

export function formatLines({ data, rows: key }: Whole): string {
  return (rowsOf(data, key) ?? [data]).map((row) => `${formatLine(row)}\n`).join('');
}

/** Without a space or a line break outside of texts. */
function formatLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(formatLine).join(',')}]`;
  if (!isObject(value)) return formatScalar(value as null | boolean | string | number | ExactNumber);
  return `{${keysOf(value)
    .map((key) => `${JSON.stringify(key)}:${formatLine(value[key] ?? null)}`)
    .join(',')}}`;
}
