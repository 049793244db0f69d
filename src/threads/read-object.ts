// The data of an event as an object, where it is one.

import { tryParseJson } from '../json/parse.ts';
import { asRecord, type JsonObject } from '../json/value.ts';

/** Without keys for anything but an object. */
export function readObject(data: string): JsonObject {
  return asRecord(tryParseJson(data));
}
