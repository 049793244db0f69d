// When a GET is worth repeating, and how long to wait before it.

import { isLost, networkCode } from './failure.ts';
import type { Answer } from './request.ts';

const ATTEMPTS = 3;
const STATUSES = [429, 502, 503, 504];
const LOST_CONNECTION = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ConnectionClosed', 'ConnectionRefused', 'ETIMEDOUT'];
const FIRST_PAUSE = 200;
const SHORT_PAUSE = 1000;

/** Milliseconds; undefined where a repetition would not help. @param attempt counts from 1 */
export function pauseBeforeRetry(outcome: Answer | Error, attempt: number, random = Math.random): number | undefined {
  if (attempt >= ATTEMPTS) return undefined;
  // Full jitter: many clients that failed together do not come back together.
  const backoff = FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + random() / 2);
  if (outcome instanceof Error) return LOST_CONNECTION.includes(networkCode(outcome) ?? '') ? backoff : undefined;
  if (!STATUSES.includes(outcome.status)) return undefined;
  return Math.max(backoff, retryAfter(outcome.headers.get('retry-after'), outcome.headers.get('date')) ?? 0);
}

/** So that nobody wonders why it takes longer: `429, trying again in 2 s`. @param pause milliseconds */
export function describeRetry(outcome: Answer | Error, pause: number): string | undefined {
  // Nobody wonders about a refused connection: it takes no time, and is named in the end.
  if (outcome instanceof Error && !isLost(outcome)) return undefined;
  const what = outcome instanceof Error ? 'connection lost' : outcome.status;
  return `${what}, trying again${pause < SHORT_PAUSE ? '' : ` in ${Math.round(pause / 1000)} s`}`;
}

/** RFC 9110, 10.2.3: seconds, or a date, which is taken against the server's own clock. */
function retryAfter(value: string | null, date: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const pause = Date.parse(value) - (date === null ? Number.NaN : Date.parse(date));
  return Number.isNaN(pause) ? undefined : pause;
}
