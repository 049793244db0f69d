// The text of a setting → its value. A text that is no value is refused with what would be one; where it came from is not known here.

import { FORMATS, type Format } from '../schema/formats.ts';
import { canonicalUuid } from '../schema/uuid.ts';

/** What is wrong with a value, in words that follow it: `must be …`. `shown` replaces a value that may hold a secret. */
export class BadValue extends Error {
  readonly shown: string | undefined;
  constructor(message: string, shown?: string) {
    super(message);
    this.shown = shown;
  }
}

export const parseText = (text: string): string => text;

export function parseBoolean(text: string): boolean {
  const word = text.toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(word)) return true;
  if (['false', '0', 'no', 'off'].includes(word)) return false;
  throw new BadValue('must be true, 1, yes, on, false, 0, no or off');
}

export function parseFormat(text: string): Format {
  const format = FORMATS.find((name) => name === text);
  if (format === undefined) throw new BadValue(`must be one of ${FORMATS.join(', ')}`);
  return format;
}

/** In canonical form. */
export function parseUuid(text: string): string {
  const uuid = canonicalUuid(text);
  if (uuid === undefined) throw new BadValue('must be a UUID');
  return uuid;
}

const LONGEST_TIMEOUT = 86_400;

/** Seconds. */
export function parseTimeout(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= 0.001 && seconds <= LONGEST_TIMEOUT)) {
    throw new BadValue(`must be a number of seconds above 0, at most ${LONGEST_TIMEOUT}`);
  }
  return seconds;
}

/** Without a trailing slash, in the form that URL gives it. */
export function parseBaseUrl(text: string): string {
  const shown = text.replace(/\/\/.*@/s, '//***@').replace(/[?#].*/s, '?***');
  const url = /^https?:\/\//i.test(text) && !/\s/.test(text) ? URL.parse(text) : null;
  if (url === null || url.hostname === '') {
    throw new BadValue('must be a URL like https://api.example.com', shown);
  }
  if (url.username !== '' || url.password !== '') throw new BadValue('must not carry a user name or password', shown);
  if (url.search !== '' || url.hash !== '') throw new BadValue('must not carry a query or fragment', shown);
  return url.origin + url.pathname.replace(/\/+$/, '');
}
