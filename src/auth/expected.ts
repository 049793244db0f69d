// Whether it is the one who should act, where the settings say who that is: by the file, and by the token itself.

import { Failure } from '../errors.ts';
import type { Settings } from '../settings/resolve.ts';
import type { Identity } from './identity.ts';
import { signInAdvice } from './sign-in.ts';
import { readClaims } from './token.ts';

type Expectations = Pick<Settings, 'expectTenant' | 'expectUser'>;

/** @param token its own claims count where it has them @throws Failure 'wrong-identity' */
export function requireExpected(actual: Identity & { readonly token?: string }, expected: Expectations): void {
  const { expectTenant, expectUser } = expected;
  if (expectTenant === undefined && expectUser === undefined) return;
  requireSame(actual, expected, '');
  if (actual.token === undefined) return;
  const { tenantId = actual.tenantId, userId = actual.userId } = readClaims(actual.token);
  requireSame({ tenantId, userId }, expected, 'The token says so itself, whatever the credentials file says.');
}

function requireSame({ tenantId, userId }: Identity, { expectTenant, expectUser }: Expectations, why: string): void {
  const wrong = [
    ['tenant', tenantId, expectTenant],
    ['user', userId, expectUser],
  ].filter(([, actual, expected]) => expected !== undefined && actual !== expected);
  if (wrong.length === 0) return;
  const difference = wrong.map(([what, actual, wanted]) => `${what} ${actual}, but ${wanted} is expected`).join('; ');
  // Only where both are known: half a guess could be run as it stands.
  const advice = expectTenant && expectUser ? [signInAdvice({ tenantId: expectTenant, userId: expectUser })] : [];
  throw new Failure('wrong-identity', difference, { lines: [...(why ? [why] : []), 'Nothing was sent.', ...advice] });
}

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
