// A value as one cell of a table, or one leaf of a tree.

import { formatInline } from '../json/format.ts';
import type { Json } from '../json/value.ts';

/** A missing value is a dash; a nested one is JSON. */
export function formatCell(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return '-';
  return typeof value === 'string' ? value : formatInline(value);
}
