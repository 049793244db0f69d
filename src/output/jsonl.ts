// One JSON value a line: a row of a list, or the whole of anything else.

import { formatInline } from '../json/format.ts';
import { findRows, type Whole } from './result.ts';

export function formatLines(show: Whole): string {
  let lines = '';
  // Faster than joining a list of them.
  for (const row of findRows(show) ?? [show.data]) lines += `${formatInline(row, '')}\n`;
  return lines;
}
