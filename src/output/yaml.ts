// YAML that parsers of version 1.1 and of 1.2 read back to the same value: a text is quoted unless no version could take
// it for anything else.

import { ExactNumber } from '../json/exact-number.ts';
import { isObject, type Json, keysIn } from '../json/value.ts';

export function formatYaml(value: Json): string {
  return `${formatNode(value, '').replace(/^\n/, '').trimStart()}\n`;
}

/** Begins with a space or a line break, to follow a key's colon or a dash. */
function formatNode(value: Json, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []';
    return value.map((item) => `\n${indent}-${formatItem(item, `${indent}  `)}`).join('');
  }
  if (!isObject(value)) return ` ${formatScalar(value)}`;
  const keys = keysIn(value);
  if (keys.length === 0) return ' {}';
  return keys.map((key) => `\n${indent}${formatKey(key, indent)}:${formatValue(value[key] ?? null, indent)}`).join('');
}

/** A collection in a list begins on the dash's own line. */
function formatItem(item: Json, indent: string): string {
  const node = formatNode(item, indent);
  return node.startsWith('\n') ? ` ${node.slice(1 + indent.length)}` : node;
}

function formatValue(value: Json, indent: string): string {
  return formatNode(value, Array.isArray(value) ? indent : `${indent}  `);
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
const PLAIN = /^[A-Za-z_][A-Za-z0-9_./@-]*(?: [A-Za-z0-9_./@-]+)*$/;

function formatText(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) return text;
  // A JSON string is a double-quoted YAML string, once nothing unprintable or line-breaking is left in it.
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
