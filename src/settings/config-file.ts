// The config file: a JSON object, read when a setting needs it and written only when a command changes it.

import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure, findCode } from '../errors.ts';
import { replaceFile } from '../files/replace.ts';
import { ExactNumber } from '../json/exact-number.ts';
import { formatJson } from '../json/format.ts';
import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import { isObject, type Json, type JsonObject, withFields } from '../json/value.ts';

export type Config = { readonly path: string | undefined; readonly values: JsonObject; readonly isThere: boolean };

/** A file that is not there is an empty config. @throws Failure 'settings' */
export function readConfig(path: string | undefined): Config {
  if (path === undefined) return { path, values: {}, isThere: false };
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = findCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { path, values: {}, isThere: false };
    throw new Failure('settings', `The config file ${path} cannot be read (${code})`, { cause });
  }
  return { path, values: decode(text, path), isThere: true };
}

/** Sets the keys and leaves the others as they are. @throws Failure 'settings', 'disk' */
export function updateConfig({ path, values }: Config, changes: JsonObject): string {
  if (path === undefined)
    throw new Failure('settings', 'There is no home directory. Name the config file in KSCLI_CONFIG');
  const text = `${formatJson(withFields(values, changes))}\n`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    replaceFile(followLink(path), text);
  } catch (cause) {
    throw new Failure('disk', `The config file ${path} cannot be written (${findCode(cause)})`, { cause });
  }
  return path;
}

/** The setting as a user would type it; undefined where the file does not set it. @throws Failure 'settings' */
export function textInConfig({ path, values }: Config, key: string): string | undefined {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value === undefined || value === null || value === '') return undefined;
  if (value instanceof ExactNumber) return value.text;
  if (typeof value === 'object') {
    throw new Failure('settings', `${key} in ${path} must be a text, a number, true or false`);
  }
  return String(value);
}

function decode(text: string, path: string): JsonObject {
  const value = parse(text, path);
  if (!isObject(value)) throw new Failure('settings', `The config file ${path} must hold a JSON object`);
  return value;
}

function parse(text: string, path: string): Json {
  try {
    return parseJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonSyntaxError)) throw cause;
    const before = text.slice(0, cause.offset).split('\n');
    const position = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
    throw new Failure('settings', `The config file ${path} is not valid JSON: ${cause.message} at ${position}`, {
      cause,
    });
  }
}

/** Where a link leads: a config kept elsewhere by its owner is rewritten there, and stays linked. */
function followLink(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
