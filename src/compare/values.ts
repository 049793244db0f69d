// Two JSON values: whether they are the same, and the fields in which they differ. The order of an object's keys means
// nothing, that of an array does; numbers are the same digit for digit.

import { ExactNumber } from '../json/exact-number.ts';
import { formatInline } from '../json/format.ts';
import { isObject, type Json, keysIn } from '../json/value.ts';

/** A field by its path (`owner.email`, `parts[2].name`), empty for the whole value. Absent where there is no such field. */
export type Difference = { readonly field: string; readonly a?: Json; readonly b?: Json };

export function isSame(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (a instanceof ExactNumber) return b instanceof ExactNumber && a.text === b.text;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, at) => isSame(item, b[at] ?? null));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => hasSame(key, a[key] ?? null, b));
}

function hasSame(key: string, value: Json, other: Readonly<Record<string, Json>>): boolean {
  return Object.hasOwn(other, key) && isSame(value, other[key] ?? null);
}

/** The smallest fields that differ: none for values that are the same. */
export function listDifferences(a: Json | undefined, b: Json | undefined, field = ''): Difference[] {
  if (a === undefined || b === undefined)
    return [{ field, ...(a !== undefined && { a }), ...(b !== undefined && { b }) }];
  if (isSame(a, b)) return [];
  const steps = listSteps(a, b);
  if (steps === undefined) return [{ field, a, b }];
  return steps.flatMap((step) => listDifferences(takeStep(a, step), takeStep(b, step), nameStep(field, step)));
}

type Step = string | number;

/** undefined for two values that are compared as a whole. */
function listSteps(a: Json, b: Json): Step[] | undefined {
  if (isObject(a) && isObject(b)) return [...new Set([...keysIn(a), ...keysIn(b)])];
  if (!Array.isArray(a) || !Array.isArray(b)) return undefined;
  // A list of words or numbers is read at a glance, and each after a new first one would differ.
  const hasRows = [a, b].some((list) => list.some((item) => Array.isArray(item) || isObject(item)));
  return hasRows ? Array.from({ length: Math.max(a.length, b.length) }, (_, at) => at) : undefined;
}

function takeStep(value: Json, step: Step): Json | undefined {
  if (Array.isArray(value)) return value[Number(step)];
  return isObject(value) && Object.hasOwn(value, step) ? (value[step] ?? null) : undefined;
}

function nameStep(field: string, step: Step): string {
  if (typeof step === 'number') return `${field}[${step}]`;
  // A column may lead into an object: its name is a path.
  if (field === '' && /^[\w.-]+$/.test(step)) return step;
  return /^[\w-]+$/.test(step) ? `${field}.${step}` : `${field}[${JSON.stringify(step)}]`;
}

/** The same text for values that are the same. */
export function canonicalText(value: Json): string {
  return formatInline(sortKeys(value), '');
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    keysIn(value)
      .toSorted()
      .map((key) => [key, sortKeys(value[key] ?? null)]),
  );
}
