// The config file: a JSON object, read when a setting needs it and written only when a command changes it.

import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describeCause, Failure, findCode } from '../errors.ts';
import { withWriteLock, writeLock } from '../files/lock.ts';
import { removeTemporaries, replaceFile } from '../files/replace.ts';
import { readTrusted, trustedDirectory, UntrustedPath } from '../files/safe-path.ts';
import { ExactNumber } from '../json/exact-number.ts';
import { formatInline, formatJson } from '../json/format.ts';
import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import { isObject, type Json, type JsonObject } from '../json/value.ts';
import type { Complaint } from '../schema/decoded.ts';
import type { Field } from '../schema/fields.ts';
import type { World } from '../world.ts';

export type Config = { readonly path: string | undefined; readonly values: JsonObject; readonly isThere: boolean };

const LARGEST_FILE = 1024 * 1024;

/**
 * A missing file is an empty config. The config decides where the admin key is sent, so a file is believed only where
 * nobody else could have written it.
 * @throws Failure 'settings'
 */
export function readConfig(path: string | undefined, { userId }: World): Config {
  if (path === undefined) return { path, values: {}, isThere: false };
  let text: string;
  try {
    text = readTrusted(join(trustedDirectory(dirname(path), userId), basename(path)), LARGEST_FILE, userId).text;
  } catch (cause) {
    const code = findCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { path, values: {}, isThere: false };
    throw refused(path, cause);
  }
  return { path, values: decode(text.replace(/^\uFEFF/, ''), path), isThere: true };
}

function refused(path: string, cause: unknown): Failure {
  if (!(cause instanceof UntrustedPath)) {
    return new Failure('settings', `The config file ${path} cannot be read: ${describeCause(cause)}`, { cause });
  }
  return new Failure('settings', `The config file ${path} is refused: ${cause.path} ${cause.message}`, {
    lines: [
      'It decides where the admin key is sent. Make it a file that only you can write, or name another in KSCLI_CONFIG.',
    ],
    cause,
  });
}

/**
 * Changes the file's latest contents, under a lock: no other change is lost, and leftovers of a killed writer are removed.
 * @param change gives the new values @throws Failure 'settings', 'disk'
 */
export async function updateConfig(
  path: string | undefined,
  world: World,
  change: (values: JsonObject) => JsonObject,
): Promise<string> {
  if (path === undefined)
    throw new Failure('settings', 'There is no home directory. Name the config file in KSCLI_CONFIG');
  const place = asDiskFailure(path, () =>
    followLink(join(trustedDirectory(dirname(path), world.userId, true), basename(path))),
  );
  const work = (isLocked: boolean) => {
    const text = `${formatJson(change(readConfig(path, world).values))}\n`;
    asDiskFailure(path, () => {
      if (isLocked) removeTemporaries(place);
      replaceFile(place, text);
    });
  };
  await withWriteLock(place, world, work, [writeLock(place)]);
  return path;
}

/** Removes the copies of killed writers: they may hold the admin key. @throws Failure 'disk' */
export async function cleanUpConfig(path: string | undefined, world: World): Promise<void> {
  if (path === undefined || !existsSync(path)) return;
  const place = asDiskFailure(path, () => followLink(path));
  const work = (isLocked: boolean) => {
    if (isLocked) asDiskFailure(path, () => removeTemporaries(place));
  };
  await withWriteLock(place, world, work, [writeLock(place)]);
}

function asDiskFailure<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof UntrustedPath) throw refused(path, cause);
    if (findCode(cause) === undefined) throw cause;
    throw new Failure('disk', `The config file ${path} cannot be written: ${describeCause(cause)}`, { cause });
  }
}

/** The setting as a user would type it, or a complaint about its type; undefined where the file does not set it. */
export function textInConfig(
  { values }: Config,
  key: string,
  field: Field,
): { text: string; complaint?: Complaint } | undefined {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return { text: value };
  const text = formatInline(value);
  const isNumber = typeof value === 'number' || value instanceof ExactNumber;
  if ((isNumber && NUMBERS.includes(field.kind)) || WRITTEN_OUT.includes(field.kind)) return { text };
  if (BOOLEANS.includes(field.kind)) {
    // 0 and 1 are words for no and yes.
    if (isNumber || typeof value === 'boolean') return { text };
    return { text, complaint: { why: 'is not true or false' } };
  }
  return { text, complaint: { why: NUMBERS.includes(field.kind) ? 'is not a number' : 'is not a text' } };
}

const NUMBERS: readonly Field['kind'][] = ['integer', 'number', 'duration'];
/** Whose decoder says itself what is wrong with a value of another type. */
const WRITTEN_OUT: readonly Field['kind'][] = ['period', 'words'];
const BOOLEANS: readonly Field['kind'][] = ['boolean', 'flag', 'negatable'];

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

/** The target of a link: a config that its owner keeps elsewhere is rewritten there, and stays linked. */
function followLink(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
