// Credentials: the result of a sign-in, and their form in the file. The first five keys are shared with the Python kscli.

import { parseJson } from '../json/parse.ts';
import { isObject, nonEmptyString } from '../json/value.ts';
import { parseUrl } from '../schema/url.ts';
import { canonicalUuid } from '../schema/uuid.ts';
import type { Identity } from './identity.ts';
import { signInFailure } from './sign-in.ts';
import { parseTime } from './time.ts';

export type Credentials = Identity & {
  readonly token: string;
  /** As in the file: `2026-02-23T12:00:00+00:00`. */
  readonly expiresAt: string;
  readonly adminKey: string | undefined;
  /** The server that token and key are for; undefined in a file of the Python kscli. */
  readonly baseUrl: string | undefined;
};

/** RFC 6265, cookie-octet: anything else could smuggle in a second cookie or header. */
const COOKIE_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;

/** @throws Failure 'not-authenticated' that names the file and what is wrong with it */
export function decodeCredentials(text: string, path: string): Credentials {
  const fields = parseObject(text);
  const token = nonEmptyString(fields?.['token']);
  const userId = canonicalUuid(nonEmptyString(fields?.['user_id']) ?? '');
  const tenantId = canonicalUuid(nonEmptyString(fields?.['tenant_id']) ?? '');
  const expiresAt = nonEmptyString(fields?.['expires_at']);
  const adminKey = fields?.['admin_api_key'] ?? '';
  const baseUrl = fields?.['base_url'] ?? '';
  const unreadable = (what: string) =>
    signInFailure('not-authenticated', { userId, tenantId }, { lines: [`The credentials file ${path} ${what}.`] });

  if (fields === undefined) throw unreadable('does not hold a JSON object');
  if (token === undefined || !COOKIE_VALUE.test(token)) throw unreadable('has no usable token');
  if (userId === undefined) throw unreadable('has no usable user_id');
  if (tenantId === undefined) throw unreadable('has no usable tenant_id');
  if (expiresAt === undefined || parseTime(expiresAt) === undefined) throw unreadable('has no usable expires_at');
  if (typeof adminKey !== 'string') throw unreadable('has no usable admin_api_key');
  const origin = baseUrl === '' ? undefined : parseUrl(String(baseUrl));
  if (origin && !('value' in origin)) throw unreadable('has no usable base_url');
  return { token, userId, tenantId, expiresAt, adminKey: adminKey || undefined, baseUrl: origin?.value };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseJson(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function encodeCredentials({ token, userId, tenantId, expiresAt, adminKey, baseUrl }: Credentials): string {
  const fields = {
    token,
    user_id: userId,
    tenant_id: tenantId,
    expires_at: expiresAt,
    admin_api_key: adminKey ?? null,
    base_url: baseUrl,
  };
  return `${JSON.stringify(fields, null, 2)}\n`;
}
