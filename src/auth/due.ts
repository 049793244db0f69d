// Whether a token is due for renewal. A token whose end is far is not even decoded.

import type { TokenCredentials } from './credentials.ts';
import { parseTime } from './time.ts';

const MARGIN_SECONDS = 30;

/** Within 30 seconds of its end, or within the last tenth of a lifetime shorter than 300. @param now milliseconds */
export async function isDue({ expiresAt, token }: TokenCredentials, now: number): Promise<boolean> {
  const expires = parseTime(expiresAt) ?? 0;
  const left = expires - now / 1000;
  if (left > MARGIN_SECONDS) return false;
  const { readLifetime } = await import('./token.ts');
  const issued = readLifetime(token)?.issued;
  const margin = issued === undefined ? MARGIN_SECONDS : Math.min(MARGIN_SECONDS, Math.max(0, expires - issued) / 10);
  return left <= margin;
}
