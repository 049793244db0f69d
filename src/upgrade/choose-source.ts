// The source of an upgrade: what was typed, else the one of the receipt.

import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Context } from '../context.ts';
import { describeCause, Failure } from '../errors.ts';
import { locate } from '../files/locate.ts';
import type { Signer } from '../schema/signer.ts';
import { isExposed, openDirectory, openUrl, type Source } from './source.ts';
import { isVersion } from './sums.ts';

/** @property from a directory, or an archive in it @property url of a directory */
export type Wanted = {
  readonly from: string | undefined;
  readonly url: string | undefined;
  readonly version: string | undefined;
};

/** @property kept for the next receipt; absent where the source was carried over @property version the one that an archive's name tells */
export type Chosen = { readonly source: Source; readonly kept?: string; readonly version?: string };

const ARCHIVE = /^kscli-(.+?)-(?:linux|darwin|windows)-[a-z0-9]+(?:-musl)?\.tar\.gz$/;

/** @throws Failure 'usage', 'refused' */
export async function chooseSource(
  { from, url, version }: Wanted,
  receipt: { readonly source: string; readonly signers: readonly Signer[] },
  context: Context,
): Promise<Chosen> {
  const asked = version?.replace(/^v/, '');
  if (asked !== undefined && !isVersion(asked))
    throw new Failure('usage', `--version: '${version}' is not a version like 2.0.0`);
  if (from !== undefined) return { ...openCarried(from, asked, context), ...(asked && { version: asked }) };
  const at = url ?? receipt.source;
  const wanted = asked === undefined ? {} : { version: asked };
  if (!/^https?:\/\//i.test(at) && url === undefined) return { source: openDirectory(at), kept: at, ...wanted };
  await warnIfExposed(at, receipt.signers.length > 0, context);
  return { source: openUrl(at, context), kept: at, ...wanted };
}

function openCarried(from: string, asked: string | undefined, { world }: Context): Chosen {
  const place = locate(from, world.home);
  if (isDirectory(place)) return { source: openDirectory(place) };
  const [, version] = ARCHIVE.exec(basename(place)) ?? [];
  if (version === undefined)
    throw new Failure(
      'usage',
      `--from: '${from}' is neither a directory nor an archive by the name that it has in the release`,
    );
  if (asked !== undefined && asked !== version) throw new Failure('usage', `--from: '${from}' is not version ${asked}`);
  return { source: openDirectory(dirname(place)), version };
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    throw new Failure('usage', `--from names ${path}, which cannot be read: ${describeCause(cause)}`, { cause });
  }
}

/** Signed, it does not matter who carries it. */
async function warnIfExposed(at: string, isSigned: boolean, { settings, log }: Context): Promise<void> {
  if (isSigned || !isExposed(at, settings)) return;
  await log.warn(
    'The source of releases is not verified: who can change the archive on its way can change SHA256SUMS too.',
  );
}
