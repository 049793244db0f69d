// JSON with an indent of two, numbers and the order of keys as they came.

import { ExactNumber } from './exact-number.ts';
import { hasNativeOrder, isObject, type Json, keysIn } from './value.ts';

/** @param indent of the lines after the first, for a value inside of another */
export function formatJson(value: Json, indent = ''): string {
  if (!hasNativeOrder(value)) return formatNested(value, indent);
  const text = JSON.stringify(value, null, 2);
  return indent === '' ? text : text.replaceAll('\n', `\n${indent}`);
}

function formatNested(value: Json, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => inner + formatJson(item, inner));
    return block('[', items, ']', indent);
  }
  if (!isObject(value)) return formatScalar(value);
  const lines = keysIn(value).map((key) => `${inner}${JSON.stringify(key)}: ${formatJson(value[key] ?? null, inner)}`);
  return block('{', lines, '}', indent);
}

/** On one line. @param gap after commas and colons */
export function formatInline(value: Json, gap = ' '): string {
  if (Array.isArray(value)) return `[${value.map((item) => formatInline(item, gap)).join(`,${gap}`)}]`;
  if (!isObject(value)) return formatScalar(value);
  const fields = keysIn(value).map((key) => `${JSON.stringify(key)}:${gap}${formatInline(value[key] ?? null, gap)}`);
  return `{${fields.join(`,${gap}`)}}`;
}

function formatScalar(value: null | boolean | string | number | ExactNumber): string {
  return value instanceof ExactNumber ? value.text : JSON.stringify(value);
}

function block(open: string, lines: readonly string[], close: string, indent: string): string {
  return lines.length === 0 ? open + close : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
