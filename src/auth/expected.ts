// The expected identity: credentials of another tenant or user are refused, by the file and by the token's own claims.

import { Failure } from '../errors.ts';
import type { Settings } from '../settings/resolve.ts';
import type { Credentials } from './credentials.ts';
import type { Identity } from './identity.ts';
import { signInAdvice } from './sign-in.ts';

type Expectations = Pick<Settings, 'expectTenant' | 'expectUser'>;

/** @throws Failure 'wrong-identity' */
export function requireExpected({ tenantId, userId }: Identity, { expectTenant, expectUser }: Expectations): void {
  const wrong = [
    ['tenant', tenantId, expectTenant],
    ['user', userId, expectUser],
  ].filter(([, actual, expected]) => expected !== undefined && actual !== expected);
  if (wrong.length === 0) return;
  const difference = wrong.map(([what, actual, wanted]) => `${what} ${actual}, but ${wanted} is expected`).join('; ');
  // Only where both are known: half a guess could be run as it stands.
  const advice = expectTenant && expectUser ? [signInAdvice({ tenantId: expectTenant, userId: expectUser })] : [];
  throw new Failure('wrong-identity', difference, { lines: ['Nothing was sent.', ...advice] });
}

/** The token's own claims count where it has them. @throws Failure 'wrong-identity' */
export async function requireExpectedClaims(credentials: Credentials, expectations: Expectations): Promise<void> {
  if (expectations.expectTenant === undefined && expectations.expectUser === undefined) return;
  const { readClaims } = await import('./token.ts');
  try {
    requireExpected({ ...credentials, ...readClaims(credentials.token) }, expectations);
  } catch (error) {
    if (error instanceof Failure) error.lines.unshift('The token says so itself, whatever the credentials file says.');
    throw error;
  }
}
