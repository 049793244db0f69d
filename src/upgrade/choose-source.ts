// The source of an upgrade: what was typed, else the one of the receipt. Signed, it does not matter who carries it; otherwise
// whoever can write there decides what is run as kscli.

import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Context } from '../context.ts';
import { describeCause, Failure } from '../errors.ts';
import { locate } from '../files/locate.ts';
import { requireTrusted, trustedDirectory, UntrustedPath } from '../files/safe-path.ts';
import type { Signer } from '../schema/signer.ts';
import { isExposed, openDirectory, openUrl, type Source } from './source.ts';
import { isVersion, SUMS } from './sums.ts';

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
  const wanted = asked === undefined ? {} : { version: asked };
  const isSigned = receipt.signers.length > 0;
  if (from !== undefined) {
    const { directory, version: carried = asked } = findCarried(from, asked, context);
    if (!isSigned) await warnOfOthers(directory, context);
    return { source: openDirectory(directory), ...(carried && { version: carried }) };
  }
  const at = url ?? receipt.source;
  if (!/^https?:\/\//i.test(at) && url === undefined) {
    if (!isSigned) refuseOthers(at, context);
    return { source: openDirectory(at), kept: at, ...wanted };
  }
  if (!isSigned && isExposed(at, context.settings)) await context.log.warn(UNVERIFIED);
  return { source: openUrl(at, context), kept: at, ...wanted };
}

const UNVERIFIED =
  'The source of releases is not verified: who can change the archive on its way can change SHA256SUMS too.';

type Carried = { readonly directory: string; readonly version?: string };

function findCarried(from: string, asked: string | undefined, { world }: Context): Carried {
  const place = locate(from, world.home);
  if (isDirectory(place)) return { directory: place };
  const [, version] = ARCHIVE.exec(basename(place)) ?? [];
  if (version === undefined)
    throw new Failure(
      'usage',
      `--from: '${from}' is neither a directory nor an archive by the name that it has in the release`,
    );
  if (asked !== undefined && asked !== version) throw new Failure('usage', `--from: '${from}' is not version ${asked}`);
  return { directory: dirname(place), version };
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    throw new Failure('usage', `--from names ${path}, which cannot be read: ${describeCause(cause)}`, { cause });
  }
}

/** Somebody has just named it. */
async function warnOfOthers(directory: string, { world, log }: Context): Promise<void> {
  const why = findOthers(directory, world.userId);
  if (why !== undefined) await log.warn(`${UNVERIFIED} ${why}.`);
}

/** The receipt may name a directory of long ago, which somebody else has made anew since, as in /tmp. */
function refuseOthers(directory: string, { world }: Context): void {
  const why = findOthers(directory, world.userId);
  if (why === undefined) return;
  throw new Failure('refused', `the source of releases is not trusted: ${why}`, {
    lines: ['Nothing there is signed. If it is right all the same, name it with --from.'],
  });
}

/** Who else could have written the list of sums, which all the rest is held against. */
function findOthers(directory: string, userId: number | undefined): string | undefined {
  try {
    const sums = join(trustedDirectory(directory, userId), SUMS);
    if (statSync(sums).isFile()) requireTrusted(sums, userId);
  } catch (cause) {
    // Whatever else is wrong is told when it is read.
    if (cause instanceof UntrustedPath) return `${cause.path} ${cause.message}`;
  }
  return undefined;
}
