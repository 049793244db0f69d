// Sign-in failures: they end with the command to run, with the ids as far as they are known.

import { Failure, type FailureDetails } from '../errors.ts';
import type { Identity } from './identity.ts';

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

/** @property session undefined for the unnamed one */
export type Known = { readonly [Part in keyof Identity]?: Identity[Part] | undefined } & {
  readonly session: string | undefined;
};

/** `Run: kscli assume-user …`, with the session and with the ids as far as they are known. */
export function signInAdvice({ session, tenantId = '<id>', userId = '<id>' }: Known): string {
  const named = session === undefined ? '' : ` --session ${session}`;
  return `Run: kscli assume-user${named} --tenant-id ${tenantId} --user-id ${userId}`;
}

/** Questions and refusals name the session before anything else. */
export function nameFirst(session: string | undefined, text: string): string {
  return session === undefined ? text : `session ${session}: ${text}`;
}
