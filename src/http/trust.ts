// Settings → what fetch needs to trust a server.

import type { Context } from '../context.ts';
import { describeCause, Failure } from '../errors.ts';
import { readBounded } from '../files/read-bounded.ts';
import type { Settings } from '../settings/resolve.ts';
import type { World } from '../world.ts';
import { readCertificates } from './bundle.ts';

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

/** A pipe gives its bundle once, and a check takes time: decided once for all requests of a run. */
const decided = new WeakMap<Settings, Promise<Trust>>();

/** @throws Failure 'settings' for a CA bundle that cannot be used */
export function findTrust(context: Pick<Context, 'settings' | 'world'>): Promise<Trust> {
  const trust = decided.get(context.settings) ?? decide(context);
  decided.set(context.settings, trust);
  return trust;
}

async function decide(context: Pick<Context, 'settings' | 'world'>): Promise<Trust> {
  const { verifySsl, caBundle } = context.settings;
  if (!verifySsl) return { store: 'none', canFallBack: false, rejectUnauthorized: false };
  if (caBundle === undefined) return { store: 'bundled roots', canFallBack: true, rejectUnauthorized: true };
  const ca = await readBundle(caBundle, context);
  return { store: caBundle, ca, canFallBack: false, rejectUnauthorized: true };
}

/** Taken from now on: the first try would fail for each request of a run. */
export function fallBack({ settings }: Pick<Context, 'settings'>): Promise<Trust> {
  const trust = systemTrust();
  decided.set(settings, trust);
  return trust;
}

/** The bundled roots and the operating system's, for a second try: a company's own CA is installed there. */
export async function systemTrust(): Promise<Trust> {
  const { getCACertificates } = await import('node:tls');
  const ca = [...getCACertificates('bundled'), ...getCACertificates('system')];
  return { store: 'system store', ca, canFallBack: false, rejectUnauthorized: true };
}

const LARGEST_BUNDLE = 64 * 1024 * 1024;

async function readBundle(
  path: string,
  { settings, world }: Pick<Context, 'settings' | 'world'>,
): Promise<readonly string[]> {
  const bundle = await readCertificates(await readText(path, settings.timeout, world));
  if ('certificates' in bundle) return bundle.certificates;
  throw new Failure('settings', `The CA bundle ${path} ${bundle.fault}`, { cause: bundle.cause });
}

async function readText(path: string, seconds: number, world: World): Promise<string> {
  try {
    const bytes = await readBounded(path, { limit: LARGEST_BUNDLE, seconds }, world);
    return bytes.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  } catch (cause) {
    throw new Failure('settings', `The CA bundle ${path} cannot be read: ${describeCause(cause)}`, { cause });
  }
}
