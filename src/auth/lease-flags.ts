// The flags of a sign-in that say for how long, why and for which ticket, and the lease that they and the settings make.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { period, text } from '../schema/fields.ts';
import { formatPeriod } from '../schema/period.ts';
import { LEASE } from '../settings/table.ts';
import { joinLines, stripControls } from '../terminal/sanitize.ts';
import type { Lease } from './lease.ts';
import { formatTime } from './time.ts';

export const LEASE_FLAGS = {
  for: period('Time until token and key are taken away again', { ...LEASE, notes: 'or KSCLI_LEASE' }),
  reason: text('Why, for the record', { example: "'wrong totals'" }),
  ticket: text('Ticket that it is for', { placeholder: 'id', example: 'SUP-4711' }),
} as const;

type Typed = {
  readonly for: number | undefined;
  readonly reason: string | undefined;
  readonly ticket: string | undefined;
};

/**
 * undefined where nobody wants or demands one. Begins now.
 * @throws Failure 'usage' for one that is too long, and for a reason that is missing, empty or too long
 */
export function decideLease(typed: Typed, { settings, sources, world }: Context): Lease | undefined {
  const reason = cleanText('--reason', typed.reason);
  const ticket = cleanText('--ticket', typed.ticket);
  if (reason === undefined && settings.requireReason)
    throw new Failure('usage', 'Missing --reason <text>', {
      lines: [`It is demanded by ${sources.requireReason.name}.`],
    });
  const { maxLease: most } = settings;
  const seconds = typed.for ?? settings.lease ?? most;
  if (seconds !== undefined && most !== undefined && seconds > most) {
    const source = typed.for === undefined ? sources.lease.name : '--for';
    throw new Failure('usage', `${source}: '${formatPeriod(seconds)}' is longer than ${formatPeriod(most)}`, {
      lines: [`The most is set by ${sources.maxLease.name}.`],
    });
  }
  if (seconds === undefined && reason === undefined && ticket === undefined) return undefined;
  const now = Math.floor(world.now() / 1000);
  const until = seconds === undefined ? undefined : formatTime(now + seconds);
  return { startedAt: formatTime(now), until, reason, ticket };
}

/** Characters, as people count them. */
const LONGEST = 200;

/** In one line, without control characters. @throws Failure 'usage' */
function cleanText(flag: string, typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  const clean = joinLines(stripControls(typed)).trim();
  if (!/[\p{L}\p{N}]/u.test(clean)) throw new Failure('usage', `${flag}: '${clean}' says nothing`);
  const length = [...clean].length;
  if (length > LONGEST)
    throw new Failure('usage', `${flag} has ${length} characters, but at most ${LONGEST} are taken`);
  return clean;
}
