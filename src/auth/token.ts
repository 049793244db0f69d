// What kscli reads from a JWT, and the form in which its times are kept. Signatures are the server's business.

import { decodeJwt } from 'jose/jwt/decode';
import { nonEmptyString } from '../json/value.ts';
import { canonicalUuid } from '../schema/uuid.ts';

/** Seconds since the epoch (RFC 7519, NumericDate). */
export type Lifetime = { readonly expires: number; readonly issued: number | undefined };

const YEAR_10000 = 253_402_300_800;

/** undefined where the token is no JWT or has no usable `exp`. */
export function readLifetime(token: string): Lifetime | undefined {
  try {
    const { exp, iat } = decodeJwt(token);
    if (!isTime(exp)) return undefined;
    return { expires: Math.floor(exp), issued: isTime(iat) ? Math.floor(iat) : undefined };
  } catch {
    return undefined;
  }
}

/** Who the token says it is for, as far as it does (RFC 7519, `sub`, and the server's own claims). */
export function readClaims(token: string): { readonly userId?: string; readonly tenantId?: string } {
  try {
    const { sub, user_id, tenant_id } = decodeJwt(token);
    const userId = toUuid(user_id) ?? toUuid(sub);
    const tenantId = toUuid(tenant_id);
    return { ...(userId && { userId }), ...(tenantId && { tenantId }) };
  } catch {
    return {};
  }
}

function toUuid(claim: unknown): string | undefined {
  return canonicalUuid(nonEmptyString(claim) ?? '');
}

/** `2026-02-23T12:00:00+00:00`, as the Python kscli writes it. */
export function formatTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00`;
}

/** Seconds since the epoch; undefined for anything but a date and time. Without an offset it is UTC. */
export function parseTime(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (parts === null) return undefined;
  const milliseconds = Date.parse(`${parts[1]}T${parts[2]}${parts[3] ?? 'Z'}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < YEAR_10000;
}
