// Settings → what fetch needs to trust a server. Every certificate of a bundle is checked here, because the runtime
// ignores a bad one, or fails much later with words about a typo.

import { readFileSync } from 'node:fs';
import { describeCause, Failure } from '../errors.ts';
import type { Settings } from '../settings/resolve.ts';

export type Trust = {
  /** The store's name, for `--debug` and `doctor`. */
  readonly store: string;
  /** PEM certificates that replace the bundled roots. */
  readonly ca?: readonly string[];
  /** Whether the operating system's store may be tried too. */
  readonly canFallBack: boolean;
  /** Always explicit: NODE_TLS_REJECT_UNAUTHORIZED would decide otherwise. */
  readonly rejectUnauthorized: boolean;
};

/** @throws Failure 'settings' for a CA bundle that cannot be used */
export async function findTrust({ verifySsl, caBundle }: Settings): Promise<Trust> {
  if (!verifySsl) return { store: 'none', canFallBack: false, rejectUnauthorized: false };
  if (caBundle === undefined) return { store: 'bundled roots', canFallBack: true, rejectUnauthorized: true };
  return { store: caBundle, ca: await readBundle(caBundle), canFallBack: false, rejectUnauthorized: true };
}

/** The bundled roots and the operating system's, for a second try: a company's own CA is installed there. */
export async function systemTrust(): Promise<Trust> {
  const { getCACertificates } = await import('node:tls');
  const ca = [...getCACertificates('bundled'), ...getCACertificates('system')];
  return { store: 'system store', ca, canFallBack: false, rejectUnauthorized: true };
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;
const CERTIFICATES = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'];

async function readBundle(path: string): Promise<string[]> {
  const text = readBundleText(path);
  const refuse = (why: string, cause?: unknown) => new Failure('settings', `The CA bundle ${path} ${why}`, { cause });
  if (text.trim() === '') throw refuse('is empty');

  const begun = text.match(/-----BEGIN /g)?.length ?? 0;
  if (begun === 0) throw refuse('has no PEM certificate. A DER file must be converted to PEM first');
  const blocks = [...text.matchAll(BLOCK)];
  if (blocks.length !== begun) throw refuse(`is broken: ${begun} PEM blocks begin, ${blocks.length} are complete`);

  const certificates = blocks.filter(([, type]) => CERTIFICATES.includes(type ?? '')).map(([block]) => block);
  if (certificates.length === 0) throw refuse(`has no certificate, only ${blocks[0]?.[1]}`);
  const { X509Certificate } = await import('node:crypto');
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate);
    } catch (cause) {
      throw refuse(`is broken: certificate ${index + 1} of ${certificates.length} cannot be read`, cause);
    }
  }
  return certificates;
}

const LARGEST_BUNDLE = 64 * 1024 * 1024;

function readBundleText(path: string): string {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > LARGEST_BUNDLE) throw Object.assign(new Error(), { code: 'EFBIG' });
    return bytes.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  } catch (cause) {
    throw new Failure('settings', `The CA bundle ${path} cannot be read: ${describeCause(cause)}`, { cause });
  }
}
