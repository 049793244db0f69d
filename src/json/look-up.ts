// The value that a dotted name leads to.

import { isObject, type Json, type JsonObject } from './value.ts';

/**
 * `owner.email`, `tags.0.name`. A key that holds dots itself comes first; in a list without a number the name leads to the
 * values of all items. Below null there is null. undefined where nothing has the name.
 */
export function lookUp(value: Json, name: string): Json | undefined {
  if (value === null) return null;
  if (Array.isArray(value)) return lookUpItems(value, name);
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const key = name.slice(0, dot);
    const found = Object.hasOwn(value, key) ? lookUp(value[key] ?? null, name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same for a row, quickly where the name is one of its own keys. */
export function lookUpIn(row: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(row, name) ? row[name] : lookUp(row, name);
}

function lookUpItems(items: readonly Json[], name: string): Json | undefined {
  const [, index, rest] = /^(\d+)(?:\.(.+))?$/s.exec(name) ?? [];
  if (index !== undefined) {
    const item = items[Number(index)];
    return item === undefined || rest === undefined ? item : lookUp(item, rest);
  }
  const found = items.map((item) => lookUp(item, name)).filter((one) => one !== undefined);
  return found.length === 0 && items.length > 0 ? undefined : found.flat();
}

/** Deeper, or longer, a name is none that anybody types; and each of many such would be as long as its parents together. */
