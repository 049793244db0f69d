// YAML that parsers of version 1.1 and of 1.2 read back to the same value: a text is quoted unless no version could take
// it for anything else.

import { ExactNumber } from '../json/exact-number.ts';
import { isObject, type Json, keysIn } from '../json/value.ts';

export function formatYaml(value: Json): string {
  const lines: string[] = [];
  write(value, { indent: '', head: '', isItem: false }, lines);
  return `${lines.join('\n')}\n`;
}

type Place = {
  /** Of the lines of a collection. */
  readonly indent: string;
  /** The text on the line already: a key with its colon, or a dash. */
  readonly head: string;
  /** A collection in a list begins on the dash's own line. */
  readonly isItem: boolean;
};

function write(value: Json, { indent, head, isItem }: Place, lines: string[]): void {
  const entries = listEntries(value, indent);
  if (entries.length === 0) {
    lines.push(head === '' ? formatLeaf(value) : `${head} ${formatLeaf(value)}`);
    return;
  }
  if (!isItem && head !== '') lines.push(head);
  for (const [index, [label, child, inner]] of entries.entries()) {
    const start = isItem && index === 0 ? `${head} ` : indent;
    write(child, { indent: inner, head: start + label, isItem: Array.isArray(value) }, lines);
  }
}

/** An entry of a collection: its dash or key, its value, and the indent of the values in it. */
function listEntries(value: Json, indent: string): (readonly [label: string, child: Json, inner: string])[] {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return value.map((item) => ['-', item, deeper] as const);
  if (!isObject(value)) return [];
  return keysIn(value).map((key) => {
    const child = value[key] ?? null;
    return [`${formatKey(key, indent)}:`, child, Array.isArray(child) ? indent : deeper] as const;
  });
}

function formatLeaf(value: Json): string {
  if (Array.isArray(value)) return '[]';
  return isObject(value) ? '{}' : formatScalar(value);
}

function formatScalar(value: null | boolean | string | number | ExactNumber): string {
  if (value instanceof ExactNumber) return formatNumber(value.text);
  if (typeof value === 'number') return formatNumber(String(value));
  return typeof value === 'string' ? formatText(value) : String(value);
}

/** `1e5` is a number in 1.2 but a text in 1.1, which wants a point and a sign. */
function formatNumber(text: string): string {
  const parts = /^(-?\d+)(\.\d+)?(?:[eE]([+-]?)(\d+))?$/.exec(text);
  if (!parts?.[4]) return text;
  return `${parts[1]}${parts[2] ?? '.0'}e${parts[3] || '+'}${parts[4]}`;
}

/** Beyond 1024 characters a key needs the explicit form. */
function formatKey(key: string, indent: string): string {
  const text = formatText(key);
  return text.length > 1024 ? `? ${text}\n${indent}` : text;
}

// Words that some version reads as a boolean, null, a number or a merge.
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity)$/i;
/** Marks of a text that must be quoted: other characters, a beginning that is no letter, blanks at the end or together. */
const UNPLAIN = /[^A-Za-z0-9_./@ -]|^[^A-Za-z_]| {2}| $/;

function formatText(text: string): string {
  if (text !== '' && !UNPLAIN.test(text) && !WORDS.test(text)) return text;
  // A JSON string is a double-quoted YAML string, once nothing unprintable or line-breaking is left in it.
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
