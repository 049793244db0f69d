// Sign-in failures: they end with the command to run, with the ids as far as they are known.

import { Failure, type FailureDetails } from '../errors.ts';
import { formatPeriod } from '../schema/period.ts';
import { LEASE } from '../settings/table.ts';
import type { KnownIdentity } from './identity.ts';
import { countLeft, isSetBack, type Lease, measure } from './lease.ts';
import { formatTime } from './time.ts';

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

/** Ends with the command to run, in which a reason is to be typed anew. @param now milliseconds since the epoch */
export function leaseFailure(known: Known, lease: Lease, now: number): Failure {
  const [sentence, ...lines] = describeEnded(known.session, lease, now);
  return new Failure('lease-ended', `${sentence} ${leaseAdvice(known, lease)}`, { lines });
}

/** Sentences: when it ended, or why a lease has ended whose time is to come. @param now milliseconds since the epoch */
export function describeEnded(session: string | undefined, lease: Lease, now: number): [string, ...string[]] {
  const of = `The lease of ${session ?? 'this session'}`;
  if (countLeft(lease, now / 1000) <= 0) return [`${of} ended at ${lease.until}.`];
  if (!isSetBack(lease, now / 1000)) return [`${of} has ended.`];
  const clock = `This machine's clock shows ${formatTime(now / 1000)}, but the lease began at ${lease.startedAt}.`;
  return [`${of} has ended.`, `${clock} A clock that was set back ends it.`];
}

/** For as long as it was. A named session knows its ids. */
export function leaseAdvice(known: Known, lease: Lease): string {
  const { session, isLogin = false } = known;
  const again = session === undefined ? signInAdvice(known) : `Run: kscli ${nameSignIn(isLogin)} --session ${session}`;
  const length = measure(lease) ?? 0;
  const isTaken = length >= LEASE.min && length <= LEASE.max;
  return `${again} --for ${isTaken ? formatPeriod(length) : '2h'} --reason …`;
}

/** Questions and refusals name the session before anything else. */
export function nameFirst(session: string | undefined, text: string): string {
  return session === undefined ? text : `session ${session}: ${text}`;
}
