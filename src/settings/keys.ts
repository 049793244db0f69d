// The keys of the config file, and a typed text → the JSON value to write.

import { Failure } from '../errors.ts';
import type { Json } from '../json/value.ts';
import { decode, formatComplaint } from '../schema/decode.ts';
import type { Field } from '../schema/fields.ts';
import { nearest } from '../schema/suggest.ts';
import { ADMIN_KEY, listSettings } from './table.ts';

const FIELDS: ReadonlyMap<string, Field> = new Map([
  ...listSettings().flatMap(([, { key, field }]) => (key === undefined ? [] : [[key, field] as const])),
  [ADMIN_KEY.key, { kind: 'text', summary: ADMIN_KEY.summary }] as const,
]);

/** @throws Failure 'usage' with the keys that there are */
export function requireKey(key: string): void {
  if (FIELDS.has(key)) return;
  const near = nearest(key, [...FIELDS.keys()]);
  throw new Failure('usage', `<key>: '${key}' is not one of ${[...FIELDS.keys()].join(', ')}`, {
    lines: near ? [`Did you mean ${near}?`] : [],
  });
}

/** Paths and periods stay as typed: `~/` is the home directory of whoever reads them. @throws Failure 'usage' for a value that the setting does not take */
export function encodeSetting(key: string, text: string): Json {
  const field = FIELDS.get(key) ?? { kind: 'text', summary: '' };
  const decoded = text === '' ? { why: 'is empty. To remove the setting, use settings unset' } : decode(text, field);
  // As typed, where seconds alone would not be taken.
  if ('value' in decoded) return field.kind === 'period' ? text : (decoded.value as Json);
  const lines = decoded.near ? [`Did you mean ${decoded.near}?`] : [];
  throw new Failure('usage', formatComplaint(key, text, decoded), { lines });
}
