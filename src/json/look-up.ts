// The value that a dotted name leads to.

import { isObject, type Json, type JsonObject, keysIn } from './value.ts';

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
const DEEPEST = 8;
const LONGEST = 120;

export type Leaf = readonly [name: string, value: Json];

/** Every value that is no object and no list with something in it, by its dotted name. Below the deepest, what is left. */
export function listLeaves(value: Json, prefix = '', depth = 0): Leaf[] {
  return listChildren(value).flatMap(([key, child]): Leaf[] => {
    const name = prefix + key;
    const isLeaf = depth >= DEEPEST || name.length > LONGEST || listChildren(child).length === 0;
    return isLeaf ? [[name, child]] : listLeaves(child, `${name}.`, depth + 1);
  });
}

/** The names of all leaves in these rows, each once; of the items of a list without their numbers. */
export function listNames(rows: readonly Json[]): string[] {
  const names = new Set<string>();
  const collect = (value: Json, name: string, depth: number): void => {
    const isLeaf = depth > DEEPEST || name.length > LONGEST || listChildren(value).length === 0;
    if (!isLeaf && Array.isArray(value)) for (const item of value) collect(item, name, depth + 1);
    else if (!isLeaf && isObject(value))
      for (const [key, child] of listChildren(value)) collect(child, name === '' ? key : `${name}.${key}`, depth + 1);
    else if (name !== '') names.add(name);
  };
  for (const row of rows) collect(row, '', 0);
  return [...names];
}

function listChildren(value: Json): (readonly [key: string, value: Json])[] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item] as const);
  return isObject(value) ? keysIn(value).map((key) => [key, value[key] ?? null] as const) : [];
}
