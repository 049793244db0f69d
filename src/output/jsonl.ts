// One JSON value a line: a row of a list, or the whole of anything else.

import { formatInline } from '../json/format.ts';
import { rowsOf, type Whole } from './result.ts';

export function formatLines({ data, rows: key }: Whole): string {
  return (rowsOf(data, key) ?? [data]).map((row) => `${formatInline(row, '')}\n`).join('');
}
