// The identity in a new token's own claims, held against the identity that was asked for.

import type { Identity } from './identity.ts';
import { readClaims } from './token.ts';

/** One line for each claim of the token that names somebody else. */
export function listForeignClaims({ tenantId, userId, token }: Identity & { readonly token: string }): string[] {
  const claims = readClaims(token);
  const pairs = [
    ['user', claims.userId, userId],
    ['tenant', claims.tenantId, tenantId],
  ] as const;
  return pairs.flatMap(([what, claimed, wanted]) =>
    claimed === undefined || claimed === wanted
      ? []
      : [`The token is for ${what} ${claimed}, not for ${what} ${wanted}.`],
  );
}
