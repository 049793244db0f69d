// One release at a source: its sums, their signature, and the archive for this machine. What is not vouched for is not used.

import { createGunzip } from 'node:zlib';
import { readFileIn } from '../archive/untar.ts';
import { Failure } from '../errors.ts';
import type { Signer } from '../schema/signer.ts';
import { findFault } from './signature.ts';
import type { Source } from './source.ts';
import { compareVersions, findSum, isPreRelease, type Listed, listArchives, SUMS } from './sums.ts';

const MOST_NAMED = 5;
const LARGEST_SUMS = 1024 * 1024;
/** Of an archive, unpacked. */
const LARGEST_MIB = 256;
const PIECE = 1024 * 1024;

/** @property archives for this machine @property sumOf undefined where there is no such file */
export type Release = {
  readonly archives: readonly Listed[];
  readonly sumOf: (name: string) => string | undefined;
};

/** What there is for the target, verified where a signer is known. @param now milliseconds @throws Failure 'refused', 'network', 'disk' */
export async function readRelease(
  source: Source,
  target: string,
  signers: readonly Signer[],
  now: number,
): Promise<Release> {
  const sums = await source.read(SUMS);
  if (sums === undefined) throw new Failure('not-found', `there is no ${SUMS} in ${source.shown}`);
  if (sums.length > LARGEST_SUMS) throw new Failure('refused', `${SUMS} of ${source.shown} is too large`);
  if (signers.length > 0) await requireSignature(source, sums, signers, now);
  const text = new TextDecoder().decode(sums);
  return { archives: listArchives(text, target), sumOf: (name) => findSum(text, name) };
}

/** Who names a signer wants nothing unsigned: whoever can take the signature away could exchange the rest as well. */
async function requireSignature(
  source: Source,
  sums: Uint8Array<ArrayBuffer>,
  signers: readonly Signer[],
  now: number,
): Promise<void> {
  const signature = await source.read(`${SUMS}.sig`);
  if (signature === undefined)
    throw new Failure('refused', `${SUMS} in ${source.shown} is not signed`, {
      lines: [`There is no ${SUMS}.sig beside it. Nothing of it was used.`],
    });
  const fault = await findFault(sums, new TextDecoder().decode(signature), signers, now);
  if (fault === undefined) return;
  throw new Failure('refused', `the signature of ${SUMS} in ${source.shown} is wrong: ${fault}`, {
    lines: ['Nothing of it was used. Ask whoever makes your releases.'],
  });
}

/** The one that was asked for, else the newest release. @throws Failure 'not-found', 'refused' */
export function chooseArchive(
  listed: readonly Listed[],
  version: string | undefined,
  { source, target }: { readonly source: Source; readonly target: string },
): Listed {
  const releases = listed.filter((archive) => (version ? archive.version === version : !isPreRelease(archive.version)));
  const [newest] = releases.toSorted((a, b) => compareVersions(b.version, a.version));
  if (newest === undefined)
    throw new Failure('not-found', `${source.shown} has no ${version ? `kscli ${version}` : 'kscli'} for ${target}`, {
      lines: listed.length === 0 ? [] : [`It has ${nameVersions(listed)}.`],
    });
  if (releases.some(({ version: other, sha256 }) => other === newest.version && sha256 !== newest.sha256))
    throw new Failure('refused', `${SUMS} of ${source.shown} lists ${newest.name} with more than one sum`);
  return newest;
}

/** The highest come first. */
function nameVersions(listed: readonly Listed[]): string {
  const versions = [...new Set(listed.map(({ version }) => version))].toSorted((a, b) => compareVersions(b, a));
  return [...versions.slice(0, MOST_NAMED), ...(versions.length > MOST_NAMED ? ['…'] : [])].join(', ');
}

/** The program out of the archive, in pieces. @throws Failure 'refused' for a wrong sum, 'not-found'; while it is read too */
export async function fetchProgram(source: Source, { name, sha256 }: Listed): Promise<AsyncIterable<Uint8Array>> {
  const archive = await source.read(name);
  if (archive === undefined) throw new Failure('not-found', `there is no ${name} in ${source.shown}`);
  const sum = new Bun.CryptoHasher('sha256').update(archive).digest('hex');
  if (sum !== sha256)
    throw new Failure('refused', `the SHA-256 of ${name} in ${source.shown} is wrong`, {
      lines: [`It should be ${sha256}`, `and is        ${sum}`, 'Nothing of it was used. Fetch it again.'],
    });
  return unpack(archive, name);
}

async function* unpack(archive: Uint8Array, name: string): AsyncGenerator<Uint8Array> {
  const path = `${name.replace(/\.tar\.gz$/, '')}/kscli`;
  let isThere = false;
  try {
    for await (const piece of readFileIn(gunzip(archive, name), path)) {
      isThere = true;
      yield piece;
    }
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('refused', `${name} is no archive, though its SHA-256 is right`, { cause });
  }
  if (!isThere) throw new Failure('refused', `${name} holds no ${path}`);
}

/** A few bytes can stand for as many zeros as somebody likes. */
async function* gunzip(archive: Uint8Array, name: string): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: PIECE });
  unpacked.end(archive);
  let length = 0;
  for await (const piece of unpacked) {
    length += piece.length;
    if (length > LARGEST_MIB * 1024 * 1024)
      throw new Failure('refused', `${name} holds more than ${LARGEST_MIB} MiB, though its SHA-256 is right`);
    yield piece;
  }
}
