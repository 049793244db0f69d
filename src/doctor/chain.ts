// Keeps the certificates that a server presented, for someone who has no other way to get at them.

import { writeFileSync } from 'node:fs';
import type { Context } from '../context.ts';
import { describeCause, Failure, findCode } from '../errors.ts';
import { locate } from '../files/locate.ts';
import type { Certificate } from '../world.ts';

/** The fingerprints are shown before anything is written. @throws Failure 'disk', 'network' where there are none */
export async function saveChain(path: string, chain: readonly Certificate[], { log, world }: Context): Promise<string> {
  if (chain.length === 0) throw new Failure('network', 'The server presented no certificates, so none are saved');
  for (const { subject, fingerprint } of chain) await log.info([subject, `  SHA-256 ${fingerprint}`]);
  try {
    // Never over a file that is there: it may be the bundle in use.
    writeFileSync(locate(path, world.home), formatChain(chain), { flag: 'wx', mode: 0o644 });
  } catch (cause) {
    const why = findCode(cause) === 'EEXIST' ? 'exists already' : `cannot be written: ${describeCause(cause)}`;
    throw new Failure('disk', `${path} ${why}`, { lines: ['Name another file for --save-chain.'], cause });
  }
  return `Saved ${chain.length} certificates to ${path}. Compare the fingerprints with those of your CA before you trust them.`;
}

/** PEM, each certificate under its name and fingerprint. */
export function formatChain(chain: readonly Certificate[]): string {
  return chain
    .map(({ subject, fingerprint, pem }) => `# ${subject}\n# SHA-256 ${fingerprint}\n${pem.trim()}\n`)
    .join('\n');
}
