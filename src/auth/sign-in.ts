// Sign-in failures: they end with the command to run, with the ids as far as they are known.

import { Failure, type FailureDetails } from '../errors.ts';
import { describe } from '../http/answer.ts';
import type { Answer } from '../http/request.ts';
import type { KnownIdentity } from './identity.ts';

/** The kinds that speak of credentials end their first line with the command to run, ready to paste. */
export function signInFailure(
  kind: 'session-expired' | 'not-authenticated',
  identity: Known,
  details: FailureDetails = {},
): Failure {
  const failure = new Failure(kind, '', details);
  failure.message += `. ${signInAdvice(identity)}`;
  return failure;
}

/** The failure for a 401 that no renewal could mend. */
export function explainRefusal(answer: Answer, known: Known): Failure {
  const { detail, lines } = describe(answer);
  // On a line of its own: the first one is there to be pasted.
  const words = detail ? [`The server says: ${detail}`] : [];
  return signInFailure('session-expired', known, { lines: [...words, ...lines] });
}

/** @property session undefined for the unnamed one @property isLogin made by `kscli login` */
export type Known = Partial<KnownIdentity> & { readonly session: string | undefined; readonly isLogin?: boolean };

/** `Run: kscli assume-user …`, with the session and with the ids as far as they are known; or `Run: kscli login`. */
export function signInAdvice({ session, isLogin = false, tenantId = '<id>', userId = '<id>' }: Known): string {
  const command = `Run: kscli ${nameSignIn(isLogin)}${session === undefined ? '' : ` --session ${session}`}`;
  return isLogin ? command : `${command} --tenant-id ${tenantId} --user-id ${userId}`;
}

/** The command that made the credentials. */
export function nameSignIn(isLogin: boolean): string {
  return isLogin ? 'login' : 'assume-user';
}

/** Questions and refusals name the session before anything else. */
export function nameFirst(session: string | undefined, text: string): string {
  return session === undefined ? text : `session ${session}: ${text}`;
}
