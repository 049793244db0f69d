// Whether a row holds a condition. A list holds it where one of its items does.

import { compareNumbers, parseNumber } from '../../json/compare-numbers.ts';
import { ExactNumber } from '../../json/exact-number.ts';
import { formatInline } from '../../json/format.ts';
import { lookUpIn } from '../../json/look-up.ts';
import type { Json, JsonObject } from '../../json/value.ts';
import type { Condition } from '../../schema/conditions.ts';

/** `!=` holds exactly where `=` does not; a missing value is null. */
export function toPredicate({ key, operator, text }: Condition): (row: JsonObject) => boolean {
  const isMatch = operator === '~' ? toContains(text) : toEquals(text);
  const holds = (row: JsonObject): boolean => {
    const value = lookUpIn(row, key) ?? null;
    return isMatch(value) || (Array.isArray(value) && value.some(isMatch));
  };
  return operator === '!=' ? (row) => !holds(row) : holds;
}

/** Texts letter for letter, numbers by their value, anything nested by its JSON. Nothing at all is `null`, or no text. */
function toEquals(text: string): (value: Json) => boolean {
  const wanted = parseNumber(text);
  return (value) => {
    if (typeof value === 'string') return value === text;
    if (value === null) return text === '' || text === 'null';
    if (typeof value === 'boolean') return String(value) === text;
    if (typeof value === 'number' || value instanceof ExactNumber)
      return wanted !== undefined && compareNumbers(value, wanted) === 0;
    return formatInline(value) === text || formatInline(value, '') === text;
  };
}

/** In either case, and however an accent is written. */
function toContains(text: string): (value: Json) => boolean {
  const wanted = fold(text);
  return (value) => {
    if (value === null) return false;
    return fold(typeof value === 'string' ? value : formatInline(value)).includes(wanted);
  };
}

function fold(text: string): string {
  return (/[^ -~]/.test(text) ? text.normalize('NFC') : text).toLowerCase();
}
