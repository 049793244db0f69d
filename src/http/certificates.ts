// A refused certificate, explained by its own contents: the names, the issuer, the dates.

import type { Certificate, World } from '../world.ts';
import { toEndpoint } from './endpoint.ts';
import type { ProxyChoice } from './proxy.ts';

const LONGEST_LOOK_MS = 5000;
const MOST_NAMES = 10;

/**
 * A line more for the error, or none where the server cannot be looked at again.
 * @param left milliseconds that the request still has
 */
export async function explainRefusal(
  code: string | undefined,
  url: string,
  { ca, proxy, left }: { ca: readonly string[] | undefined; proxy: ProxyChoice | undefined; left: number },
  world: World,
): Promise<string[]> {
  try {
    const { handshake } = await world.probe();
    const timeout = Math.max(1, Math.min(LONGEST_LOOK_MS, left));
    const { chain } = await handshake({ ...toEndpoint(url), ca, proxy, isProxyVerified: true, timeout });
    const line = lineFor(code, chain, world.now());
    return line === undefined ? [] : [line];
  } catch {
    return [];
  }
}

function lineFor(code: string | undefined, chain: readonly Certificate[], now: number): string | undefined {
  const leaf = chain[0];
  const last = chain.at(-1);
  if (leaf === undefined || last === undefined) return undefined;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `The certificate is for: ${listNames(leaf)}`;
  const expired = chain.find(({ validTo }) => validTo < now);
  if (code === 'CERT_HAS_EXPIRED' && expired) return `${expired.subject} expired on ${day(expired.validTo)}`;
  const early = chain.find(({ validFrom }) => validFrom > now);
  if (code === 'CERT_NOT_YET_VALID' && early) return `${early.subject} becomes valid on ${day(early.validFrom)}`;
  return last.issuer === last.subject
    ? `Signed by itself: ${last.subject}`
    : `Its issuer is not trusted: ${last.issuer}`;
}

export function listNames({ names, subject }: Certificate): string {
  if (names.length === 0) return subject;
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : '';
  return names.slice(0, MOST_NAMES).join(', ') + more;
}

/** `2026-02-23 12:00:00 UTC` */
export function day(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
