// Objects whose keys are sent beside the flags': keys of the Python kscli among them have other names now, or none. Pure.

import { asRecord, type JsonObject, keysIn } from '../json/value.ts';
import type { Field, Fields } from '../schema/fields.ts';
import type { Given } from '../schema/operations.ts';

/** By the names of today. */
export function mergeObjects(fields: Fields, given: Given): JsonObject {
  const pairs = listPairs(fields, given).flatMap(([key, value, name]) => {
    if (name === null) return [];
    // The Python kscli took one, or several.
    return [[name ?? key, name === undefined ? value : [value].flat()] as const];
  });
  return Object.fromEntries(pairs);
}

/** Keys that have no name today: nothing of them is sent. */
export function listDropped(fields: Fields, given: Given): string[] {
  return listPairs(fields, given).flatMap(([key, , name]) => (name === null ? [key] : []));
}

/** @returns the name of today: undefined for the key itself, null for none */
function listPairs(fields: Fields, given: Given) {
  return Object.entries(fields).flatMap(([key, field]) => {
    const names = findNames(field);
    const object = asRecord(given[key]);
    if (names === undefined) return [];
    return keysIn(object).map((own) => [own, object[own] ?? null, names[own]] as const);
  });
}

function findNames(field: Field): Readonly<Record<string, string | null>> | undefined {
  return field.kind === 'object' && field.isMerged ? (field.formerKeys ?? {}) : undefined;
}
