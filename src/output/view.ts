// What a command has to show, before it has a format.

import { isObject, type Json, type JsonObject } from '../json.ts';

export type View = {
  /** What json, yaml and tree print. */
  readonly data: Json;
  /** Sentences in place of a table. */
  readonly text?: string;
  /** The columns of a list, by the API's keys. All keys of the first row where none are given. */
  readonly columns?: readonly string[];
  /** The key that id-only prints. */
  readonly id?: string;
  /** The exit code, where what is shown is bad news. */
  readonly exit?: number;
};

/** The rows of a list: an array, or the page of one (`{items, total, limit, offset}`). */
export function rowsOf(data: Json): Json[] | undefined {
  if (Array.isArray(data)) return data;
  return isObject(data) && Array.isArray(data['items']) ? data['items'] : undefined;
}

export function totalOf(data: Json): Json | undefined {
  return isObject(data) && Array.isArray(data['items']) ? data['total'] : undefined;
}

export function asObject(data: Json): JsonObject {
  return isObject(data) ? data : { value: data };
}
