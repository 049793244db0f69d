// JSON with an indent of two, numbers and the order of keys as they came. Texts are made of pieces that are joined once:
// joined at each level, they would be copied once for each.

import { ExactNumber } from './exact-number.ts';
import { hasNativeOrder, isObject, type Json, keysIn } from './value.ts';

/** @param indent of the lines after the first, for a value inside of another */
export function formatJson(value: Json, indent = ''): string {
  const pieces: string[] = [];
  writeLines(value, indent, pieces);
  return pieces.join('');
}

/** The items of a list as they stand in it: without its brackets, and the line breaks before them. */
export function formatItems(items: Json[], indent: string): string {
  return items.length === 0 ? '' : formatJson(items, indent).slice(1, -`\n${indent}]`.length);
}

/** On one line. @param gap after commas and colons */
export function formatInline(value: Json, gap = ' '): string {
  const pieces: string[] = [];
  writeInline(value, gap, pieces);
  return pieces.join('');
}

function writeLines(value: Json, indent: string, pieces: string[]): void {
  if (hasNativeOrder(value)) {
    const text = JSON.stringify(value, null, 2);
    pieces.push(indent === '' ? text : text.replaceAll('\n', `\n${indent}`));
    return;
  }
  const inner = `${indent}  `;
  const entries = listEntries(value, ': ');
  for (const [index, [label, child]] of entries.entries()) {
    pieces.push(index === 0 ? `${open(value)}\n` : ',\n', inner, label);
    writeLines(child, inner, pieces);
  }
  pieces.push(entries.length === 0 ? open(value) : `\n${indent}`, close(value));
}

function writeInline(value: Json, gap: string, pieces: string[]): void {
  // Without gaps the runtime writes the same, and faster.
  if (gap === '' && hasNativeOrder(value)) {
    pieces.push(JSON.stringify(value));
    return;
  }
  if (!Array.isArray(value) && !isObject(value)) {
    pieces.push(value instanceof ExactNumber ? value.text : JSON.stringify(value));
    return;
  }
  pieces.push(open(value));
  for (const [index, [label, child]] of listEntries(value, `:${gap}`).entries()) {
    pieces.push(index === 0 ? label : `,${gap}${label}`);
    writeInline(child, gap, pieces);
  }
  pieces.push(close(value));
}

/** The items of a list or the fields of an object, each with the text before it. */
function listEntries(value: Json, colon: string): (readonly [label: string, child: Json])[] {
  if (Array.isArray(value)) return value.map((item) => ['', item] as const);
  if (!isObject(value)) return [];
  return keysIn(value).map((key) => [JSON.stringify(key) + colon, value[key] ?? null] as const);
}

function open(value: Json): string {
  return Array.isArray(value) ? '[' : '{';
}

function close(value: Json): string {
  return Array.isArray(value) ? ']' : '}';
}
