// A row of the server → a line of a snapshot: the same row is the same line, whenever it is read. Pure.

import { formatInline } from '../json/format.ts';
import { isObject, type Json, type JsonObject } from '../json/value.ts';

/** Links for a few hours, made anew for each answer: they would differ each time, and open the files to whoever has them. */
const PASSING = new Set(['asset_s3_url', 'asset_s3_urls', 'fast_plaintext_url']);

export function toLine(row: JsonObject): string {
  return formatInline(steady(row), '');
}

/** Without what passes, and with the keys in order. */
function steady(value: Json): Json {
  if (Array.isArray(value)) return value.map(steady);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).filter((key) => !PASSING.has(key));
  return Object.fromEntries(keys.sort().map((key) => [key, steady(value[key] ?? null)]));
}

/** Parts of a place in the order of a file; what lies below comes behind what lies above. */
export function toKey(...parts: readonly (string | number)[]): string {
  return parts.map((part) => (typeof part === 'number' ? String(part).padStart(12, '0') : part)).join('\0');
}
