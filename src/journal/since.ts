// A moment as people type it: a date, a time, or how long ago.

import { Failure } from '../errors.ts';

const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;
const AGO = /^(?=\d)(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$/;
const SECONDS = [86_400, 3600, 60, 1];

/** As in a line of the journal. Without an offset it is UTC. @param now milliseconds since the epoch @throws Failure 'usage' */
export function parseSince(typed: string, now: number): string {
  const moment = parseMoment(typed.trim(), now);
  const date = new Date(moment);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new Failure('usage', `--since: '${typed}' is not a time like 2026-11-24, 2026-11-24T14:05:00Z, 2h or 7d`);
}

function parseMoment(typed: string, now: number): number {
  if (DATE.test(typed)) return strictly(typed, `${typed}T00:00:00Z`);
  const offset = TIME.exec(typed);
  if (offset) return strictly(typed, typed.replace(' ', 'T') + (offset[3] === undefined ? 'Z' : ''));
  const parts = AGO.exec(typed)?.slice(1);
  if (parts === undefined) return Number.NaN;
  return now - 1000 * parts.reduce((sum, part, at) => sum + Number(part ?? 0) * (SECONDS[at] ?? 0), 0);
}

/** The runtime would take the 30th of February for a day in March. */
function strictly(typed: string, text: string): number {
  const day = Number(typed.slice(8, 10));
  const [year, month] = [Number(typed.slice(0, 4)), Number(typed.slice(5, 7))];
  return day > new Date(Date.UTC(year, month, 0)).getUTCDate() ? Number.NaN : Date.parse(text);
}
