// JWTs as the stand-in backend signs and checks them.

import { jwtVerify, SignJWT } from 'jose';

export type Claims = { readonly userId: string; readonly tenantId: string };

const SECRET = crypto.getRandomValues(new Uint8Array(32));

/** @param lifetime seconds from now; negative for one that has expired */
export async function signToken({ userId, tenantId }: Claims, lifetime: number, secret = SECRET): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ tenant_id: tenantId, jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuedAt(Math.min(now, now + lifetime))
    .setExpirationTime(now + lifetime)
    .sign(secret);
}

/** undefined for a token of somebody else, or one that has expired. */
export async function verifyToken(token: string): Promise<Claims | undefined> {
  try {
    const { payload } = await jwtVerify(token, SECRET);
    return { userId: String(payload.sub), tenantId: String(payload['tenant_id']) };
  } catch {
    return undefined;
  }
}
