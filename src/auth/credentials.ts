// Credentials: the result of a sign-in, and their form in the file. The first five keys are shared with the Python kscli.

import { parseJson } from '../json/parse.ts';
import { isObject, nonEmptyString } from '../json/value.ts';
import { parseUrl } from '../schema/url.ts';
import { canonicalUuid } from '../schema/uuid.ts';
import type { Identity } from './identity.ts';
import { decodeLease, encodeLease, type Lease } from './lease.ts';
import type { Place } from './place.ts';
import { signInFailure } from './sign-in.ts';
import { parseTime } from './time.ts';

/** The part that a named session keeps through every sign-in, and without one. */
export type Binding = {
  readonly tenantId: string | undefined;
  readonly userId: string | undefined;
  /** The server that token and key are for; undefined in a file of the Python kscli. */
  readonly baseUrl: string | undefined;
  /** Made for reading alone. */
  readonly isReadOnly: boolean;
};

export type Credentials = Identity &
  Binding & {
    /** The name of their session, which is their file's and not in it; undefined for the unnamed one. */
    readonly session: string | undefined;
    readonly token: string;
    /** As in the file: `2026-02-23T12:00:00+00:00`. */
    readonly expiresAt: string;
    readonly adminKey: string | undefined;
    /** For how long, why, for which ticket; undefined where nobody said any of it. */
    readonly lease: Lease | undefined;
  };

/** RFC 6265, cookie-octet: anything else could smuggle in a second cookie or header. */
const COOKIE_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;

/** @throws Failure 'not-authenticated' that names the file and what is wrong with it */
export function decodeCredentials(text: string, { path, session }: Place): Credentials {
  const fields = parseObject(text);
  const { tenantId, userId, baseUrl, isReadOnly } = readBound(fields ?? {});
  const token = nonEmptyString(fields?.['token']);
  const expiresAt = nonEmptyString(fields?.['expires_at']);
  const adminKey = fields?.['admin_api_key'] ?? '';
  const failure = (line: string) =>
    signInFailure('not-authenticated', { session, userId, tenantId }, { lines: [line] });
  const unreadable = (what: string) => failure(`The credentials file ${path} ${what}.`);

  if (fields === undefined) throw unreadable('does not hold a JSON object');
  if (session !== undefined && isSignedOut(fields)) throw failure(`The session ${session} is signed out.`);
  if (token === undefined || !COOKIE_VALUE.test(token)) throw unreadable('has no usable token');
  if (userId === undefined) throw unreadable('has no usable user_id');
  if (tenantId === undefined) throw unreadable('has no usable tenant_id');
  if (expiresAt === undefined || parseTime(expiresAt) === undefined) throw unreadable('has no usable expires_at');
  if (typeof adminKey !== 'string') throw unreadable('has no usable admin_api_key');
  if (baseUrl === undefined && (fields['base_url'] ?? '') !== '') throw unreadable('has no usable base_url');
  if (typeof (fields['read_only'] ?? false) !== 'boolean') throw unreadable('has no usable read_only');
  const { lease, unusable } = decodeLease(fields);
  if (unusable !== undefined) throw unreadable(`has no usable ${unusable}`);
  return { session, token, userId, tenantId, expiresAt, adminKey: adminKey || undefined, baseUrl, isReadOnly, lease };
}

/** What is readable of the binding, also where there is no token. undefined where the text is no object. */
export function decodeBinding(text: string): Binding | undefined {
  const fields = parseObject(text);
  return fields && readBound(fields);
}

/** A file as it stands, whether it can be used or not. */
export type Standing = {
  readonly binding: Binding;
  readonly expiresAt: string | undefined;
  readonly lease: Lease | undefined;
  /** Neither token nor key is left in it. */
  readonly isSignedOut: boolean;
};

/** undefined where the text is no object. */
export function decodeStanding(text: string): Standing | undefined {
  const fields = parseObject(text);
  if (fields === undefined) return undefined;
  return {
    binding: readBound(fields),
    expiresAt: nonEmptyString(fields['expires_at']),
    lease: decodeLease(fields).lease,
    isSignedOut: isSignedOut(fields),
  };
}

function readBound(fields: Fields): Binding {
  const baseUrl = parseUrl(String(fields['base_url'] ?? ''));
  return {
    tenantId: canonicalUuid(nonEmptyString(fields['tenant_id']) ?? ''),
    userId: canonicalUuid(nonEmptyString(fields['user_id']) ?? ''),
    baseUrl: 'value' in baseUrl ? String(baseUrl.value) : undefined,
    // A guard that nobody can read is not open.
    isReadOnly: (fields['read_only'] ?? false) !== false,
  };
}

function isSignedOut(fields: Fields): boolean {
  return (fields['token'] ?? '') === '' && (fields['admin_api_key'] ?? '') === '';
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(text: string): Fields | undefined {
  try {
    const value = parseJson(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function encodeCredentials(credentials: Credentials): string {
  const { token, userId, tenantId, expiresAt, adminKey, baseUrl, isReadOnly, lease } = credentials;
  return encode({
    token,
    user_id: userId,
    tenant_id: tenantId,
    expires_at: expiresAt,
    admin_api_key: adminKey ?? null,
    base_url: baseUrl,
    ...(isReadOnly && { read_only: true }),
    ...(lease && encodeLease(lease)),
  });
}

/** Of a session that is signed out: nothing secret. */
export function encodeBinding({ tenantId, userId, baseUrl, isReadOnly }: Binding): string {
  return encode({ user_id: userId, tenant_id: tenantId, base_url: baseUrl, ...(isReadOnly && { read_only: true }) });
}

function encode(fields: Fields): string {
  return `${JSON.stringify(fields, null, 2)}\n`;
}
