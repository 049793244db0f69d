// The impersonation Authenticator: a customer's user, by a token that an admin key was exchanged for, carried as a cookie.

import type { Context } from '../context.ts';
import type { Authenticator, Proof } from './authenticator.ts';
import type { TokenCredentials } from './credentials.ts';
import { requireExpectedClaims } from './expected.ts';
import type { Place } from './place.ts';
import { explainRefusal } from './refusal.ts';
import { createTokenSource } from './token-source.ts';

/** @param place where renewed credentials are kept */
export function createImpersonation(loaded: TokenCredentials, place: Place, context: Context): Authenticator {
  const source = createTokenSource(loaded, place, context);
  const used = new WeakMap<Proof, TokenCredentials>();
  const prove = async (credentials: TokenCredentials): Promise<Proof> => {
    // A new token may be somebody else's, whatever was asked for.
    await requireExpectedClaims(credentials, context.settings);
    const proof = toCookie(credentials);
    used.set(proof, credentials);
    return proof;
  };
  const identity = { userId: loaded.userId, tenantId: loaded.tenantId };
  return {
    isLogin: false,
    known: identity,
    identity: async () => identity,
    headers: async () => prove(await source.fresh()),
    afterRefusal: async (refused) => {
      const other = await source.replace(used.get(refused) ?? loaded);
      return other && (await prove(other));
    },
    explainRefusal: (answer) => explainRefusal(answer, source.current()),
    expiresAt: () => source.current().expiresAt,
    isReadOnly: () => source.current().isReadOnly,
    lease: () => source.current().lease,
  };
}

/** The one place that knows the cookie's name. */
export function toCookie({ token }: Pick<TokenCredentials, 'token'>): Proof {
  return { cookie: `ks_uat=${token}` };
}
