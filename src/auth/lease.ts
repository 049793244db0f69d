// The lease of a session: for how long, why, and for which ticket. Its rules alone: the clock is a parameter, and no file,
// no request and no setting is known here.

import { nonEmptyString } from '../json/value.ts';
import { parseTime } from './time.ts';

/** Times as in the file: `2026-02-23T12:00:00+00:00`. */
export type Lease = {
  readonly startedAt: string | undefined;
  /** The end; undefined where there is a reason or a ticket alone. */
  readonly until: string | undefined;
  readonly reason: string | undefined;
  readonly ticket: string | undefined;
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * From the fields of a credentials file, and the name of a field that cannot be used: a bound that nobody can read is not open.
 * @property lease undefined where the file has none
 */
export function decodeLease(fields: Fields): { readonly lease?: Lease; readonly unusable?: string } {
  const given = ['started_at', 'lease_until', 'reason', 'ticket'].filter((key) => (fields[key] ?? '') !== '');
  if (given.length === 0) return {};
  const isUsable = (key: string) =>
    typeof fields[key] === 'string' && (!TIMES.includes(key) || parseTime(fields[key]) !== undefined);
  const unusable = given.find((key) => !isUsable(key));
  if (unusable !== undefined) return { unusable };
  return {
    lease: {
      startedAt: nonEmptyString(fields['started_at']),
      until: nonEmptyString(fields['lease_until']),
      reason: nonEmptyString(fields['reason']),
      ticket: nonEmptyString(fields['ticket']),
    },
  };
}

const TIMES = ['started_at', 'lease_until'];

export function encodeLease({ startedAt, until, reason, ticket }: Lease): Fields {
  return { started_at: startedAt, lease_until: until, reason, ticket };
}

/** Seconds by which a clock may stand before the start: machines that share a home differ a little. */
const SET_BACK = 300;

/** A clock that stands well before the start has been set back, and would lengthen it. @param now seconds since the epoch */
export function isOver(lease: Lease | undefined, now: number): boolean {
  return lease?.until !== undefined && (isSetBack(lease, now) || (parseTime(lease.until) ?? 0) <= now);
}

/** @param now seconds since the epoch */
export function isSetBack({ startedAt }: Lease, now: number): boolean {
  return startedAt !== undefined && now < (parseTime(startedAt) ?? 0) - SET_BACK;
}

/** Seconds until its end; infinite without one. @param now seconds since the epoch */
export function countLeft(lease: Lease | undefined, now: number): number {
  return lease?.until === undefined ? Number.POSITIVE_INFINITY : (parseTime(lease.until) ?? 0) - now;
}

/** Whether less than a tenth of it is left. @param now seconds since the epoch */
export function isNearEnd(lease: Lease | undefined, now: number): boolean {
  const length = lease && measure(lease);
  return length !== undefined && countLeft(lease, now) < length / 10;
}

/** Seconds from start to end; undefined without one of them. */
export function measure({ startedAt, until }: Lease): number | undefined {
  const start = parseTime(startedAt ?? '');
  const end = parseTime(until ?? '');
  return start === undefined || end === undefined ? undefined : end - start;
}

/** The one that ends first, so that nothing lengthens the other. */
export function pickShorter(mine: Lease | undefined, other: Lease | undefined): Lease | undefined {
  return countLeft(other, 0) < countLeft(mine, 0) ? other : mine;
}
