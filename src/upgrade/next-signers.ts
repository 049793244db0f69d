// Who signs the releases after this one: whom the install.sh of a signed release names. So whoever may sign today says who may
// tomorrow, and a machine that is kept up to date follows from one key to the next.

import { Failure } from '../errors.ts';
import { formatSigner, parseSigner, type Signer } from '../schema/signer.ts';
import type { Release } from './release.ts';
import type { Source } from './source.ts';

const INSTALLER = 'install.sh';

/**
 * Lines for the receipt; undefined where they stay: none is named, the installer was not carried along, or names one that this
 * kscli cannot read.
 * @param release verified by one of the known @throws Failure 'refused' for a wrong sum
 */
export async function findNextSigners(
  source: Source,
  release: Release,
  known: readonly Signer[],
): Promise<readonly Signer[] | undefined> {
  const wanted = release.sumOf(INSTALLER);
  const script = wanted === undefined ? undefined : await source.read(INSTALLER);
  if (script === undefined) return undefined;
  if (new Bun.CryptoHasher('sha256').update(script).digest('hex') !== wanted)
    throw new Failure('refused', `the SHA-256 of ${INSTALLER} in ${source.shown} is wrong`, {
      lines: ['It says who may sign the next release. Nothing was changed.'],
    });
  const next = readSigners(new TextDecoder().decode(script));
  return next === undefined || isSame(next, known) ? undefined : next;
}

/** As `ssh-keygen -l` shows it. */
export function fingerprint({ key }: Signer): string {
  const digest = new Bun.CryptoHasher('sha256').update(Buffer.from(key, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

function readSigners(script: string): readonly Signer[] | undefined {
  const [lines, ...more] = [...script.matchAll(/^SIGNERS='([^']+)'$/gm)].map(([, text = '']) => text.split('\n'));
  if (lines === undefined || more.length > 0) return undefined;
  const signers = lines.map(parseSigner).filter((signer) => signer !== undefined);
  return signers.length === lines.length ? signers : undefined;
}

function isSame(a: readonly Signer[], b: readonly Signer[]): boolean {
  const [left, right] = [a, b].map((signers) => signers.map(formatSigner).sort().join('\n'));
  return left === right;
}
