// The expected identity: credentials of another tenant or user are refused, by the file and by the token's own claims.

import { Failure } from '../errors.ts';
import type { Settings } from '../settings/resolve.ts';
import type { Credentials, TokenCredentials } from './credentials.ts';
import { type Identity, isIdentified } from './identity.ts';
import { nameFirst, signInAdvice } from './sign-in.ts';

type Expectations = Pick<Settings, 'expectTenant' | 'expectUser'>;

type Subject = Identity & Pick<TokenCredentials, 'session'> & { readonly isLogin?: boolean };

/** Whether only one identity may act. */
export function isPinned({ expectTenant, expectUser }: Expectations): boolean {
  return expectTenant !== undefined || expectUser !== undefined;
}

/** Of credentials as they lie there; whoever has a key need not be told there. @throws Failure 'wrong-identity' */
export async function requireExpectedKept(credentials: Credentials, expectations: Expectations): Promise<void> {
  if (isIdentified(credentials)) requireExpected(credentials, expectations);
  if (!credentials.isLogin) await requireExpectedClaims(credentials, expectations);
}

/** @param done the sentence that says how far it went @throws Failure 'wrong-identity' */
export function requireExpected(subject: Subject, expectations: Expectations, done = 'Nothing was sent.'): void {
  const difference = describeDifference(subject, expectations);
  if (difference === undefined) return;
  // A named session cannot become somebody else's.
  const advice =
    subject.session === undefined
      ? adviseSignIn(subject, expectations)
      : ['Choose a session of that identity: kscli sessions list'];
  throw new Failure('wrong-identity', difference, { lines: [done, ...advice] });
}

/**
 * The token's own claims count where it has them. Those of a named session must be the session's.
 * @throws Failure 'wrong-identity'
 */
export async function requireExpectedClaims(credentials: TokenCredentials, expectations: Expectations): Promise<void> {
  const { session, tenantId, userId, token } = credentials;
  const expected = {
    expectTenant: session === undefined ? expectations.expectTenant : tenantId,
    expectUser: session === undefined ? expectations.expectUser : userId,
  };
  if (!isPinned(expected)) return;
  const { readClaims } = await import('./token.ts');
  const difference = describeDifference({ session, tenantId, userId, ...readClaims(token) }, expected);
  if (difference === undefined) return;
  const lines = ['The token says so itself, whatever the credentials file says.', 'The request was not sent.'];
  throw new Failure('wrong-identity', difference, { lines: [...lines, ...adviseSignIn({ session }, expected)] });
}

function describeDifference(
  { session, tenantId, userId }: Subject,
  { expectTenant, expectUser }: Expectations,
): string | undefined {
  const wrong = [
    ['tenant', tenantId, expectTenant],
    ['user', userId, expectUser],
  ].filter(([, actual, expected]) => expected !== undefined && actual !== expected);
  if (wrong.length === 0) return undefined;
  const difference = wrong.map(([what, actual, wanted]) => `${what} ${actual}, but ${wanted} is expected`).join('; ');
  return nameFirst(session, difference);
}

/** Only where both ids are known: half a guess could be run as it stands. */
function adviseSignIn(
  { session, isLogin = false }: Pick<Subject, 'session' | 'isLogin'>,
  { expectTenant, expectUser }: Expectations,
): string[] {
  if (isLogin) return ['Sign in with a key of that user: kscli login'];
  return expectTenant && expectUser ? [signInAdvice({ session, tenantId: expectTenant, userId: expectUser })] : [];
}
