// The data of an event as values, where it is JSON.

import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import { asRecord, type Json, type JsonObject } from '../json/value.ts';

/** undefined for what is no JSON. */
export function readJson(data: string): Json | undefined {
  try {
    return parseJson(data);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

/** Without keys for anything but an object. */
export function readObject(data: string): JsonObject {
  return asRecord(readJson(data));
}
