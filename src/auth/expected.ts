// Whether it is the one who should act, where the settings say who that is.

import type { Settings } from '../settings/resolve.ts';
import type { Identity } from './identity.ts';
import { signInFailure } from './sign-in.ts';

/** @throws Failure 'not-authenticated' */
export function requireExpected(
  { tenantId, userId }: Identity,
  { expectTenant, expectUser }: Pick<Settings, 'expectTenant' | 'expectUser'>,
): void {
  const wrong = [
    ['tenant', tenantId, expectTenant],
    ['user', userId, expectUser],
  ].filter(([, actual, expected]) => expected !== undefined && actual !== expected);
  if (wrong.length === 0) return;
  const expected = { tenantId: expectTenant ?? tenantId, userId: expectUser ?? userId };
  const lines = wrong.map(([what, actual, wanted]) => `The ${what} is ${actual}, but ${wanted} is expected.`);
  throw signInFailure('not-authenticated', expected, { lines: [...lines, 'Nothing was sent.'] });
}
