// The shape of a credentials file, for somebody who helps: which keys it has, how long their values are, and its times. No
// other value.

import { lstatSync } from 'node:fs';
import type { Place } from '../auth/place.ts';
import { peekCredentials } from '../auth/store.ts';
import { formatTime, parseTime } from '../auth/time.ts';
import { readLifetime } from '../auth/token.ts';
import { Failure } from '../errors.ts';
import { parseJson } from '../json/parse.ts';
import { isObject, type Json, type JsonObject } from '../json/value.ts';
import type { World } from '../world.ts';

/** Names of keys that are told; of others their number. */
const KEYS = [
  'token',
  'api_key',
  'admin_api_key',
  'user_id',
  'tenant_id',
  'base_url',
  'read_only',
  'login',
  'reason',
  'ticket',
];
const TIMES = ['expires_at', 'started_at', 'lease_until'];

export function describeFile(place: Place, world: World): JsonObject {
  const { path, session = null } = place;
  try {
    const text = peekCredentials(place, world);
    const { mode, uid, size, mtimeMs } = lstatSync(path);
    const owner = world.platform === 'win32' ? {} : { mode: (mode & 0o7777).toString(8).padStart(4, '0'), owner: uid };
    return { path, session, ...owner, bytes: size, changed: formatTime(mtimeMs / 1000), ...describeShape(text) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // The first line is the command to run.
    return { path, session, problem: error.kind === 'not-authenticated' ? error.lines.join(' ') : error.message };
  }
}

function describeShape(text: string): JsonObject {
  const value = parse(text);
  if (!isObject(value)) return { problem: 'It holds no JSON object' };
  const keys = Object.keys(value);
  const known = keys.filter((key) => KEYS.includes(key)).map((key) => [key, measure(value[key] ?? null)] as const);
  const times = keys.filter((key) => TIMES.includes(key)).map((key) => [key, readTime(value[key] ?? null)] as const);
  const lifetime = typeof value['token'] === 'string' ? readLifetime(value['token']) : undefined;
  return {
    keys: Object.fromEntries(known),
    times: Object.fromEntries(times),
    ...(lifetime && { token_issued: tell(lifetime.issued), token_expires: tell(lifetime.expires) }),
    other_keys: keys.length - known.length - times.length,
  };
}

function parse(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

/** `text of 36 characters` */
function measure(value: Json): string {
  if (typeof value === 'string') return `text of ${value.length} characters`;
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}

function readTime(value: Json): string {
  const seconds = typeof value === 'string' ? parseTime(value) : undefined;
  return seconds === undefined ? `no time, but ${measure(value)}` : formatTime(seconds);
}

function tell(seconds: number | undefined): string | null {
  return seconds === undefined ? null : formatTime(seconds);
}
