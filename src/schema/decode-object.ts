// A text → a JSON object with the keys that a field takes, or what is wrong with it.

import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import { isObject, type Json, type JsonObject } from '../json/value.ts';
import type { Decoded } from './decoded.ts';
import type { Contents } from './limits.ts';
import { nearest } from './suggest.ts';

export function decodeObject(text: string, field: Contents): Decoded {
  const value = readObject(text);
  return 'why' in value ? value : (findFlaw(value.value, field) ?? value);
}

function readObject(text: string): { value: JsonObject } | { why: string } {
  try {
    const value = parseJson(text);
    return isObject(value) ? { value } : { why: 'is not a JSON object' };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { why: `is not a JSON object: ${error.message} at character ${error.offset + 1}` };
  }
}

function findFlaw(value: JsonObject, field: Contents): Decoded | undefined {
  const keys = field.keys && [...field.keys, ...Object.keys(field.formerKeys ?? {})];
  const unknown = keys && Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    const why = `has the key '${unknown}', which is not one of ${keys?.join(', ')}`;
    return { why, near: nearest(unknown, keys ?? []) };
  }
  const keyOf = (isWrong: (item: Json | undefined) => boolean) => Object.keys(value).find((key) => isWrong(value[key]));
  // As a flag that is absent: null has no meaning that the API describes.
  const none = field.isMerged ? keyOf((item) => item === null) : undefined;
  if (none !== undefined) return { why: `has null for '${none}'. Leave the key out` };
  const other = field.ofTexts ? keyOf((item) => typeof item !== 'string') : undefined;
  if (other !== undefined) return { why: `has a value for '${other}' that is no text` };
  return Object.entries(field.needs ?? {}).flatMap(([key, wanted]) => describeNeed(key, wanted, value[key]) ?? [])[0];
}

function describeNeed(key: string, wanted: 'object' | readonly string[], value: Json | undefined): Decoded | undefined {
  if (value === undefined) return { why: `lacks the key '${key}'` };
  if (wanted === 'object') return isObject(value) ? undefined : { why: `has a value for '${key}' that is no object` };
  if (typeof value === 'string' && wanted.includes(value)) return undefined;
  return { why: `has a value for '${key}' that is not one of ${wanted.join(', ')}` };
}
