// JWT decoding. Signatures are the server's business. Loaded when a token is due or its claims count: most commands need none.

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

/** The identity in the token's claims, as far as they have it (RFC 7519 `sub`, and the server's own). */
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

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < YEAR_10000;
}
