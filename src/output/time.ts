// Times in the server's data: which texts are one, which comes first, and how a table shows them.

import { parseTime as parseSeconds } from '../auth/time.ts';
import type { Times } from '../schema/view.ts';

/** @property seconds since the epoch @property fraction digits of the second, without zeros at their end */
export type Time = { readonly seconds: number; readonly fraction: string };

/** A date and a time of RFC 3339; without an offset it is UTC. undefined for any other text. */
export function parseTime(text: string): Time | undefined {
  // Most texts begin with something else.
  if (text.charCodeAt(4) !== DASH || text.length < SHORTEST || text.length > LONGEST) return undefined;
  const seconds = parseSeconds(text);
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  return seconds === undefined ? undefined : { seconds, fraction: fraction.replace(/0+$/, '') };
}

const DASH = 0x2d;
const SHORTEST = '2026-02-23T12:00:00'.length;
const LONGEST = '2026-02-23T12:00:00.123456789012+00:00'.length;

export function compareTimes(a: Time, b: Time): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds;
  if (a.fraction === b.fraction) return 0;
  return a.fraction < b.fraction ? -1 : 1;
}

/** @property now milliseconds since the epoch */
export type Clock = { readonly times: Times; readonly now: number };

/** To the second; any text that is no time stays as it is. */
export function showTime(text: string, { times, now }: Clock): string {
  const seconds = parseTime(text)?.seconds;
  if (seconds === undefined) return text;
  if (times === 'ago') return formatDistance(Math.floor(now / 1000) - seconds);
  const offset = times === 'utc' ? 0 : -new Date(seconds * 1000).getTimezoneOffset();
  const shown = new Date((seconds + offset * 60) * 1000).toISOString().replace('.000Z', '');
  return shown + (times === 'utc' ? 'Z' : formatOffset(offset));
}

/** @param offset minutes */
function formatOffset(offset: number): string {
  const minutes = Math.abs(offset);
  const parts = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${parts.join(':')}`;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** `42m ago`, `in 3d`: the largest unit of which there are two, so that no half of it is lost. */
function formatDistance(seconds: number): string {
  const distance = Math.abs(seconds);
  const [unit, size] = (
    [
      ['y', YEAR],
      ['d', DAY],
      ['h', HOUR],
      ['m', MINUTE],
    ] as const
  ).find(([, one]) => distance >= 2 * one) ?? ['s', 1];
  const count = `${Math.floor(distance / size)}${unit}`;
  return seconds < 0 ? `in ${count}` : `${count} ago`;
}
