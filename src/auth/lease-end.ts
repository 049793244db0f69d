// The end of a lease in the middle of a command: nothing more is sent, nothing is renewed, and what is secret leaves the file.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { World } from '../world.ts';
import type { Credentials } from './credentials.ts';
import { countLeft, isNearEnd, isOver, type Lease } from './lease.ts';
import type { Place } from './place.ts';
import { type Known, leaseFailure } from './sign-in.ts';

/** @throws Failure 'lease-ended' */
export function requireRunning(credentials: Credentials, { now }: World): void {
  const { lease } = credentials;
  if (lease && isOver(lease, now() / 1000)) throw leaseFailure(credentials, lease, now());
}

/**
 * Work of a session. Where its lease ends meanwhile, token and key leave the file.
 * @param held the lease that the work is done under @throws what the work throws
 */
export async function underLease<T>(
  place: Place,
  context: Context,
  work: () => T | Promise<T>,
  held?: () => Lease | undefined,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'lease-ended') throw error;
    const { endLease } = await import('./sign-out.ts');
    const standing = await endLease(place, context.world, held?.()).catch((obstacle) => {
      if (!(obstacle instanceof Failure)) throw obstacle;
      error.lines.push(`${obstacle.message}. The token is still in it: remove the file.`);
    });
    if (standing) await (await import('./journalled.ts')).noteEnd('lease.end', standing, place, context);
    throw error;
  }
}

/** The failure to stop with, as soon as the lease is over. */
export type Stop = () => Failure | undefined;

type Subject = Known & { readonly lease: Lease | undefined };

/** Also on the clock that only runs forward: to set the other one back in the middle of a command lengthens nothing. */
export function watchLease(current: () => Subject, { world }: Context): Stop {
  const end = world.elapsed() + countLeft(current().lease, world.now() / 1000) * 1000;
  return () => {
    const subject = current();
    const { lease } = subject;
    const isEnded = isOver(lease, world.now() / 1000) || world.elapsed() >= end;
    return lease && isEnded ? leaseFailure(subject, lease, world.now()) : undefined;
  };
}

const MINUTE = 60;

/** `The lease of acme ends in 11 minutes, at …`; @param now milliseconds */
export function describeEnd({ session, lease }: Subject, now: number): string {
  const seconds = Math.max(0, Math.floor(countLeft(lease, now / 1000)));
  const left = seconds < 2 * MINUTE ? count(seconds, 'second') : count(Math.floor(seconds / MINUTE), 'minute');
  return `The lease of ${session ?? 'this session'} ends in ${left}, at ${lease?.until}`;
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

/** With under a tenth of it left. */
export async function warnNearEnd(subject: Subject, { world, log }: Context): Promise<boolean> {
  const isNear = isNearEnd(subject.lease, world.now() / 1000);
  if (isNear) await log.warn(`${describeEnd(subject, world.now())}.`);
  return isNear;
}

/** As doctor shows it; a line for each thing that is known. */
export function describeLease(lease: Lease | undefined): string[] {
  if (lease === undefined) return [];
  const { until, reason, ticket } = lease;
  return [
    ...(until === undefined ? [] : [`lease until ${until}`]),
    ...(reason === undefined ? [] : [`because: ${reason}`]),
    ...(ticket === undefined ? [] : [`ticket ${ticket}`]),
  ];
}
