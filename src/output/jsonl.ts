// One JSON value a line: a row of a list, or the whole of anything else.

import { formatInline } from '../json/format.ts';
import { rowsIn, type Whole } from './result.ts';

export function formatLines({ data, itemsKey }: Whole): string {
  return (rowsIn(data, itemsKey) ?? [data]).map((row) => `${formatInline(row, '')}\n`).join('');
}
