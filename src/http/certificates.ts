// What the certificate itself says about why it was refused: the names, the issuer, the dates.

import type { ProxyChoice } from '../settings/proxy.ts';
import type { World } from '../world.ts';
import type { Certificate } from './probe.ts';

const LONGEST_LOOK = 5000;
const MOST_NAMES = 10;

/** A line more for the error, or none where the server cannot be looked at again. */
export async function explainRefusal(
  code: string | undefined,
  url: string,
  proxy: ProxyChoice | undefined,
  world: World,
): Promise<string[]> {
  const { hostname, port } = new URL(url);
  try {
    const { handshake } = await world.probe();
    const target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 443), proxy: proxy?.url };
    const { chain } = await handshake({ ...target, timeout: LONGEST_LOOK });
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
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `The certificate is for: ${namesOf(leaf)}`;
  const expired = chain.find(({ validTo }) => validTo < now);
  if (code === 'CERT_HAS_EXPIRED' && expired) return `${expired.subject} expired on ${day(expired.validTo)}`;
  const early = chain.find(({ validFrom }) => validFrom > now);
  if (code === 'CERT_NOT_YET_VALID' && early) return `${early.subject} becomes valid on ${day(early.validFrom)}`;
  return last.issuer === last.subject
    ? `Signed by itself: ${last.subject}`
    : `Its issuer is not trusted: ${last.issuer}`;
}

export function namesOf({ names, subject }: Certificate): string {
  if (names.length === 0) return subject;
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : '';
  return names.slice(0, MOST_NAMES).join(', ') + more;
}

/** `2026-02-23 12:00:00 UTC` */
export function day(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
