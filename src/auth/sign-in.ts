// Sign-in failures: they end with the command to run, with the ids as far as they are known.

import { Failure, type FailureDetails } from '../errors.ts';
import type { Identity } from './identity.ts';

/** The kinds that speak of credentials end their first line with the command to run, ready to paste. */
export function signInFailure(
  kind: 'session-expired' | 'not-authenticated',
  identity: Known | undefined,
  details: FailureDetails = {},
): Failure {
  const failure = new Failure(kind, '', details);
  failure.message += `. ${signInAdvice(identity)}`;
  return failure;
}

type Known = { readonly [Part in keyof Identity]?: Identity[Part] | undefined };

/** `Run: kscli assume-user …`, with the ids as far as they are known. */
export function signInAdvice({ tenantId = '<id>', userId = '<id>' }: Known = {}): string {
  return `Run: kscli assume-user --tenant-id ${tenantId} --user-id ${userId}`;
}
