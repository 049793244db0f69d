// A text and the field that it is for → its value, or what is wrong with it. The one decoder of arguments, flags, variables
// and config values: it knows what a value may be, not where the text came from.

import { tryParseJson } from '../json/parse.ts';
import { decodeCondition, decodeNames, decodeOrder } from './conditions.ts';
import { decodeObject } from './decode-object.ts';
import type { Complaint, Decoded } from './decoded.ts';
import type { Field } from './fields.ts';
import { explainPasted, isPlaceholder } from './pasted.ts';
import { formatPeriod, parsePeriod } from './period.ts';
import { decodePlace } from './place.ts';
import { findNameProblem } from './session-name.ts';
import { askIfMeant, nearest } from './suggest.ts';
import { parseUrl } from './url.ts';
import { canonicalUuid } from './uuid.ts';

export function decode(text: string, field: Field): Decoded {
  if (field.takesLines && text === '-') return { value: text };
  if (field.isPathSegment && ['', '.', '..'].includes(text)) return { why: 'cannot be a part of a path' };
  if (field.isPathSegment && isPlaceholder(text)) return { why: 'is a placeholder' };
  if (field.fileFlag && text === '-') return { why: `is not read as standard input. Use --${field.fileFlag} -` };
  return DECODERS[field.kind](text, field as never);
}

/** `--format: 'xml' is not one of table, json`. @param source the flag, argument, variable or config key */
export function formatComplaint(source: string, text: string, { why, shown = text }: Complaint): string {
  return `${source}: '${shown}' ${why}`;
}

/** Advice: the next thing to type. */
export function adviseOn(text: string, { near, shown = text }: Complaint): string[] {
  return [...askIfMeant([near]), ...explainPasted(shown)];
}

type Decoders = { readonly [K in Field['kind']]: (text: string, field: Extract<Field, { kind: K }>) => Decoded };

const DECODERS: Decoders = {
  text: decodeText,
  path: (text) => ({ value: text }),
  upload: decodeUpload,
  url: parseUrl,
  uuid: (text, { of }) => (of ? decodePlace(text) : accept(canonicalUuid(text), 'is not a UUID')),
  session: decodeSession,
  time: decodeTime,
  choice: decodeChoice,
  integer: (text, field) => decodeNumber(text, /^[+-]?\d+$/, 'is not a whole number', field),
  number: (text, field) => decodeNumber(text, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'is not a number', field),
  duration: decodeDuration,
  period: decodePeriod,
  words: decodeWords,
  object: decodeObject,
  color: (text) => accept(/^#?([0-9a-f]{6})$/i.exec(text)?.[1], 'is not six hexadecimal digits, like ff8800'),
  boolean: (text, { or = [] }) => (or.includes(text) ? { value: text } : decodeBoolean(text, or)),
  names: decodeNames,
  condition: decodeCondition,
  order: decodeOrder,
  flag: (text) => decodeBoolean(text),
  negatable: (text) => decodeBoolean(text),
};

function accept(value: unknown, why: string): Decoded {
  return value === undefined ? { why } : { value };
}

/** An empty name is the unnamed session. */
function decodeSession(text: string): Decoded {
  if (text === '') return { value: undefined };
  const why = findNameProblem(text);
  return why === undefined ? { value: text } : { why };
}

function decodeChoice(text: string, { choices }: { readonly choices: readonly string[] }): Decoded {
  if (choices.includes(text)) return { value: text };
  return { why: `is not one of ${choices.join(', ')}`, near: nearest(text, choices) };
}

function decodeBoolean(text: string, or: readonly string[] = []): Decoded {
  const word = text.toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(word)) return { value: true };
  if (['false', '0', 'no', 'off'].includes(word)) return { value: false };
  return { why: `is not one of ${[...or, 'true, 1, yes, on, false, 0, no, off'].join(', ')}` };
}

/** A character of a text is a code point, as servers count them. */
function decodeText(text: string, { min = 0, max = Number.POSITIVE_INFINITY }: Bounds): Decoded {
  // A code point has one or two units.
  const isSurelyLong = text.length >= 2 * min && text.length <= max;
  const length = isSurelyLong ? min : [...text].length;
  if (length < min) return { why: min === 1 ? 'is empty' : `has fewer than ${min} characters` };
  return length > max ? { why: `has ${length} characters, more than ${max}` } : { value: text };
}

function decodeUpload(text: string, { endings = [] }: { readonly endings?: readonly string[] }): Decoded {
  const isTaken = endings.length === 0 || endings.some((ending) => text.toLowerCase().endsWith(`.${ending}`));
  return isTaken ? { value: text } : { why: `does not end in ${endings.map((ending) => `.${ending}`).join(', ')}` };
}

const TIME = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** RFC 3339, 5.6; with the capital letters that every server reads. */
function decodeTime(text: string): Decoded {
  const value = text.toUpperCase();
  const date = TIME.exec(value)?.[1];
  const isDate = date !== undefined && isRealDate(date);
  return isDate ? { value } : { why: 'is not a time with an offset, like 2026-02-23T12:00:00Z' };
}

/** No 30th of February, which would be taken for a day in March. */
function isRealDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

type Bounds = { readonly min?: number; readonly max?: number };

function decodeNumber(text: string, form: RegExp, why: string, bounds: Bounds): Decoded {
  const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = bounds;
  const value = form.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) return { why };
  if (value < min) return { why: `is less than ${min}` };
  return value > max ? { why: `is more than ${max}` } : { value };
}

/** In seconds: a number of them, or `90s`, `30m`, `1h30m`. */
function decodeDuration(text: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: Bounds): Decoded {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (parsePeriod(text) ?? Number.NaN);
  if (value >= min && value <= max) return { value };
  return { why: `is not a time from ${min} to ${max} seconds, like 30, 90s or 1h30m` };
}

/** In seconds. A number without a unit could be meant in any. */
function decodePeriod(text: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: Bounds): Decoded {
  const value = parsePeriod(text) ?? Number.NaN;
  if (value >= min && value <= max) return { value };
  return { why: `is not a time from ${formatPeriod(min)} to ${formatPeriod(max)}, like 90s, 30m or 1h30m` };
}

/** Words of a command, as JSON: nothing splits them, so that nothing can be split wrongly. */
function decodeWords(text: string): Decoded {
  // Not shown: somebody may have put the key itself there.
  const complaint = { why: 'is not a list of words, like ["op", "read", "op://ops/ks/key"]', shown: '…' };
  const value = tryParseJson(text);
  const isList = Array.isArray(value) && value.every((word) => typeof word === 'string' && !word.includes('\0'));
  return isList && value[0] ? { value } : complaint;
}
