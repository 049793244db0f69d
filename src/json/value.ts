// JSON values as kscli keeps them: no digit lost, and objects with the order of keys that they came with.

import { ExactNumber } from './exact-number.ts';

export type Json = null | boolean | string | number | ExactNumber | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** The order of an object's keys, where JavaScript's own order differs (keys like "10" come first there). */
const keyOrder = new WeakMap<JsonObject, string[]>();

/** What JSON.parse read without loss, and JSON.stringify prints so. */
const native = new WeakSet<object>();

/** For the parser: what it hands on as JSON.parse made it. */
export function markNative(value: object): void {
  native.add(value);
}

/** For the parser: the keys as they were written. */
export function keepOrder(object: JsonObject, keys: string[]): void {
  keyOrder.set(object, keys);
}

export function isNative(value: Json): boolean {
  return typeof value === 'object' && value !== null && native.has(value);
}

export function keysIn(object: JsonObject): string[] {
  return keyOrder.get(object) ?? Object.keys(object);
}

/** The object's fields, then the others, which replace fields of the same name. */
export function withFields(object: JsonObject, others: JsonObject): JsonObject {
  const kept = keysIn(object).filter((key) => !Object.hasOwn(others, key));
  const merged = { ...object, ...others };
  keyOrder.set(merged, [...kept, ...keysIn(others)]);
  return merged;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** The fields of an object; none for anything else. */
export function asRecord(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The text as a string, where it is one that is not empty. */
export function nonEmptyString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
