// Credentials: the result of a sign-in, and their form in the file. The first five keys are shared with the Python kscli, and
// so is `api_key`, which its later versions have in their place.

import { parseJson } from '../json/parse.ts';
import { isObject, nonEmptyString } from '../json/value.ts';
import { parseUrl } from '../schema/url.ts';
import { canonicalUuid } from '../schema/uuid.ts';
import type { Identity } from './identity.ts';
import { decodeLease, encodeLease, isOver, type Lease } from './lease.ts';
import type { Place } from './place.ts';
import { leaseFailure, signInFailure } from './sign-in.ts';
import { parseTime } from './time.ts';

/** The part that a named session keeps through every sign-in, and without one. */
export type Binding = {
  readonly tenantId: string | undefined;
  readonly userId: string | undefined;
  /** The server that token and key are for; undefined in a file of the Python kscli. */
  readonly baseUrl: string | undefined;
  /** Made for reading alone. */
  readonly isReadOnly: boolean;
  /** The user's own sign-in with an API key: `kscli login` makes it anew. */
  readonly isLogin: boolean;
};

type Owned = Binding & {
  /** The name of their session, which is their file's and not in it; undefined for the unnamed one. */
  readonly session: string | undefined;
  /** For how long, why, for which ticket; undefined where nobody said any of it. */
  readonly lease: Lease | undefined;
};

/** Of a customer's user, by an admin key. */
export type TokenCredentials = Owned &
  Identity & {
    readonly isLogin: false;
    readonly token: string;
    /** As in the file: `2026-02-23T12:00:00+00:00`. */
    readonly expiresAt: string;
    readonly adminKey: string | undefined;
  };

/** Of the user whose key it is; a file of the Python kscli does not say who that is. */
export type KeyCredentials = Owned & { readonly isLogin: true; readonly apiKey: string };

export type Credentials = TokenCredentials | KeyCredentials;

/** RFC 6265, cookie-octet: anything else could smuggle in a second cookie or header. */
const COOKIE_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;

/** As strict as for a key that is typed. */
const HEADER_VALUE = /^[\x21-\x7e]+$/;

/**
 * @param now milliseconds since the epoch
 * @throws Failure 'lease-ended', 'not-authenticated' that names the file and what is wrong with it
 */
export function decodeCredentials(text: string, { path, session }: Place, now: number): Credentials {
  const fields = parseObject(text);
  const { lease, unusable } = decodeLease(fields ?? {});
  const bound = { session, lease, ...readBound(fields ?? {}) };
  const failure = (line: string) => signInFailure('not-authenticated', bound, { lines: [line] });
  const unreadable = (what: string) => failure(`The credentials file ${path} ${what}.`);

  if (fields === undefined) throw unreadable('does not hold a JSON object');
  if (lease && hasEnded(fields, lease, now)) throw leaseFailure(bound, lease, now);
  if (session !== undefined && isSignedOut(fields)) throw failure(`The session ${session} is signed out.`);
  const credentials = isGiven(fields, 'api_key') ? readKey(fields, bound) : readToken(fields, bound);
  if (typeof credentials === 'string') throw unreadable(credentials);
  if (bound.baseUrl === undefined && isGiven(fields, 'base_url')) throw unreadable('has no usable base_url');
  if (typeof (fields['read_only'] ?? false) !== 'boolean') throw unreadable('has no usable read_only');
  if (unusable !== undefined) throw unreadable(`has no usable ${unusable}`);
  return credentials;
}

/** Or what is wrong with them. */
function readToken(fields: Fields, bound: Owned): TokenCredentials | string {
  const { tenantId, userId } = bound;
  const token = nonEmptyString(fields['token']);
  const expiresAt = nonEmptyString(fields['expires_at']);
  const adminKey = fields['admin_api_key'] ?? '';
  if (token === undefined || !COOKIE_VALUE.test(token)) return 'has no usable token';
  if (userId === undefined) return 'has no usable user_id';
  if (tenantId === undefined) return 'has no usable tenant_id';
  if (expiresAt === undefined || parseTime(expiresAt) === undefined) return 'has no usable expires_at';
  if (typeof adminKey !== 'string') return 'has no usable admin_api_key';
  return { ...bound, isLogin: false, userId, tenantId, token, expiresAt, adminKey: adminKey || undefined };
}

/** Or what is wrong with them: ids may be missing, not be wrong. */
function readKey(fields: Fields, bound: Owned): KeyCredentials | string {
  const apiKey = nonEmptyString(fields['api_key']);
  // Nobody could say as which of the two commands act.
  if (isGiven(fields, 'token')) return 'holds a token and an api_key';
  if (apiKey === undefined || !HEADER_VALUE.test(apiKey)) return 'has no usable api_key';
  if (bound.userId === undefined && isGiven(fields, 'user_id')) return 'has no usable user_id';
  if (bound.tenantId === undefined && isGiven(fields, 'tenant_id')) return 'has no usable tenant_id';
  return { ...bound, isLogin: true, apiKey };
}

/** null and an empty text are nothing. */
function isGiven(fields: Fields, key: string): boolean {
  return (fields[key] ?? '') !== '';
}

/** No message may show them. */
export function listSecrets(credentials: Credentials): (string | undefined)[] {
  return credentials.isLogin ? [credentials.apiKey] : [credentials.token, credentials.adminKey];
}

/** A file as it stands, whether it can be used or not. */
export type Standing = {
  readonly binding: Binding;
  readonly expiresAt: string | undefined;
  readonly lease: Lease | undefined;
  /** Neither token nor key is left in it. */
  readonly isSignedOut: boolean;
  /** Its lease. */
  readonly hasEnded: boolean;
};

/** undefined where the text is no object. @param now milliseconds since the epoch */
export function decodeStanding(text: string, now: number): Standing | undefined {
  const fields = parseObject(text);
  if (fields === undefined) return undefined;
  const { lease } = decodeLease(fields);
  return {
    binding: readBound(fields),
    expiresAt: nonEmptyString(fields['expires_at']),
    lease,
    isSignedOut: isSignedOut(fields),
    hasEnded: hasEnded(fields, lease, now),
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
    isLogin: isGiven(fields, 'api_key') || fields['login'] === true,
  };
}

/** The file of one that has ended keeps when that was, whatever the clock says by now. @param now milliseconds */
function hasEnded(fields: Fields, lease: Lease | undefined, now: number): boolean {
  return lease?.until !== undefined && (isSignedOut(fields) || isOver(lease, now / 1000));
}

function isSignedOut(fields: Fields): boolean {
  return !['token', 'admin_api_key', 'api_key'].some((key) => isGiven(fields, key));
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
  const { userId, tenantId, baseUrl, isReadOnly, lease } = credentials;
  const marks = { ...(isReadOnly && { read_only: true }), ...(lease && encodeLease(lease)) };
  if (credentials.isLogin)
    return encode({ api_key: credentials.apiKey, base_url: baseUrl, user_id: userId, tenant_id: tenantId, ...marks });
  const { token, expiresAt, adminKey } = credentials;
  return encode({
    token,
    user_id: userId,
    tenant_id: tenantId,
    expires_at: expiresAt,
    admin_api_key: adminKey ?? null,
    base_url: baseUrl,
    ...marks,
  });
}

/**
 * Of a session that is signed out: nothing secret.
 * @property login the command that makes it anew @param lease that has ended
 */
export function encodeBinding({ tenantId, userId, baseUrl, isReadOnly, isLogin }: Binding, lease?: Lease): string {
  const marks = { ...(isReadOnly && { read_only: true }), ...(isLogin && { login: true }) };
  const times = lease && { started_at: lease.startedAt, lease_until: lease.until };
  return encode({ user_id: userId, tenant_id: tenantId, base_url: baseUrl, ...marks, ...times });
}

function encode(fields: Fields): string {
  return `${JSON.stringify(fields, null, 2)}\n`;
}
