// A value as one cell of a table, or one leaf of a tree.

import { ExactNumber } from '../exact-number.ts';
import type { Json } from '../json.ts';
import { formatInline } from './json.ts';

/** A missing value is a dash; a nested one is JSON. */
export function formatCell(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return '-';
  if (typeof value === 'string') return value;
  if (value instanceof ExactNumber || typeof value !== 'object')
    return value instanceof ExactNumber ? value.text : String(value);
  return formatInline(value);
}
