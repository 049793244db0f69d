// JSON values as kscli keeps them: no digit lost, and objects with the order of keys that they came with.

import { ExactNumber } from './exact-number.ts';

export type Json = null | boolean | string | number | ExactNumber | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/**
 * Carried by a value that JSON.stringify would print in another order (keys like "10" come first there), and by all that
 * hold it. On an object it is the order of its keys. A spread copies it.
 */
const ORDER = Symbol('order of keys');

type Ordered = { [ORDER]?: readonly string[] };

/** Whether JavaScript's own order of keys is that of the text, all the way down. */
export function hasNativeOrder(value: Json): boolean {
  return typeof value !== 'object' || value === null || !(ORDER in value);
}

/** For the parser: the keys of an object as they were written, or of a list nothing but the mark. */
export function keepOrder<T extends JsonObject | Json[]>(value: T, keys: readonly string[]): T {
  return Object.assign(value, { [ORDER]: keys });
}

/** In the order in which they were written; what was added since comes last. */
export function keysIn(object: JsonObject): string[] {
  const keys = Object.keys(object);
  const order = (object as Ordered)[ORDER];
  return order ? [...new Set([...order.filter((key) => Object.hasOwn(object, key)), ...keys])] : keys;
}

/** The object's fields, then the others, which replace fields of the same name. */
export function withFields(object: JsonObject, others: JsonObject): JsonObject {
  const kept = keysIn(object).filter((key) => !Object.hasOwn(others, key));
  const merged = Object.fromEntries([...kept.map((key) => [key, object[key] ?? null]), ...Object.entries(others)]);
  return hasNativeOrder(object) ? merged : keepOrder(merged, [...kept, ...keysIn(others)]);
}

/** The same value with other texts in it; the names of keys stay. */
export function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(keysIn(value).map((key) => [key, mapTexts(value[key] ?? null, change)]));
}

/** The object with another value in the place of one of its fields. */
export function replaceField(object: JsonObject, key: string, value: Json): JsonObject {
  // A spread defines its properties, and copies the order of keys.
  return { ...object, [key]: value };
}

/** These values, of which each may have an order of keys. */
export function toList(values: Json[]): Json[] {
  return values.every(hasNativeOrder) ? values : keepOrder(values, []);
}

/** An object with these fields in this order. */
export function toObject(entries: readonly (readonly [key: string, value: Json])[]): JsonObject {
  const object: JsonObject = Object.fromEntries(entries);
  const isNative = entries.every(([key, value]) => !/^\d+$/.test(key) && hasNativeOrder(value));
  return isNative
    ? object
    : keepOrder(
        object,
        entries.map(([key]) => key),
      );
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
