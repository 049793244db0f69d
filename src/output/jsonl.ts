// One JSON value a line: a row of a list, or the whole of anything else.

import { formatInline } from '../json/format.ts';
import { findRows, type Whole } from './result.ts';

export function formatLines(show: Whole): string {
  return (findRows(show) ?? [show.data]).map((row) => `${formatInline(row, '')}\n`).join('');
}
