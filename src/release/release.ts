// All archives of a release, in one directory that appears when every file in it is made and checked.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Entry, writeTar } from '../archive/tar.ts';
import { compile, type Identity } from './compile.ts';
import { gzip, hasXz, xz } from './compress.ts';
import { listContents } from './contents.ts';
import { stampInstaller } from './installer.ts';
import type { Notice } from './notices.ts';
import type { ReleaseOptions } from './options.ts';
import type { Bundle } from './packages.ts';
import { setProperties } from './properties.ts';
import { type RuntimeSource, unpackRuntime } from './runtime.ts';
import { writeSbom } from './sbom.ts';
import { requireKey, signFile } from './signature.ts';
import { COMPRESSION, measureRuntime, type Row, renderSizes, requireLimits, type Sizes } from './sizes.ts';
import type { ArchiveFormat, Target } from './targets.ts';
import { tryVersion } from './trial.ts';
import { requireTrust } from './trust.ts';
import { writeZip } from './zip.ts';

export type Release = Identity &
  ReleaseOptions & {
    /** The directory of the repository. */
    readonly root: string;
    /** Seconds since 1970: the time of every file in the archives. */
    readonly time: number;
    readonly bundle: Bundle;
    /** For `kscli licenses`, and the same as the text of a file. */
    readonly notices: readonly Notice[];
    readonly usages: readonly string[];
    readonly details: readonly object[];
    readonly noticesText: string;
    readonly say: (line: string) => void;
  };

/**
 * Replaces dist/release, or leaves the directory as it was.
 * @throws Error with the reason of the first target that cannot be made or trusted
 */
export async function buildRelease(release: Release): Promise<void> {
  if (release.sign !== undefined) requireKey(release.sign, release.signers);
  const dist = join(release.root, 'dist');
  const staging = join(dist, '.release');
  // What a build that was killed left.
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  try {
    const rows = await fillRelease(join(staging, 'release'), release, staging);
    const finished = join(dist, 'release');
    rmSync(finished, { recursive: true, force: true });
    renameSync(join(staging, 'release'), finished);
    release.say(`\n${renderSizes(rows)}\n\n${finished}: kscli ${release.version} (${release.commit})`);
  } finally {
    rmSync(staging, { recursive: true });
  }
}

async function fillRelease(output: string, release: Release, staging: string): Promise<readonly Row[]> {
  mkdirSync(output);
  const sbom = writeSbom(release.bundle, release.targets, release);
  writeFileSync(join(output, `kscli-${release.version}.cdx.json`), sbom);
  const withXz = release.withXz && hasXz();
  if (release.withXz && !withXz) release.say('xz is not installed: there will be no .tar.xz archives');
  const kept = join(release.root, 'dist/runtimes');
  const source = { directory: release.runtimes ?? kept, mayFetch: release.runtimes === undefined };
  const rows: Row[] = [];
  for (const target of release.targets) {
    rows.push(
      await buildTarget(
        target,
        { ...release, withXz },
        { source, staging, output, cache: join(kept, 'bare-sizes.json') },
      ),
    );
  }
  const installer = stampInstaller(readFileSync(join(release.root, 'install.sh'), 'utf8'), release);
  writeFileSync(join(output, 'install.sh'), installer, { mode: 0o755 });
  const sums = join(output, 'SHA256SUMS');
  writeFileSync(sums, listChecksums(output));
  if (release.sign !== undefined) signFile(sums, release.sign, release.signers);
  return rows;
}

type Places = {
  readonly source: RuntimeSource;
  readonly staging: string;
  readonly output: string;
  /** The file with the runtimes' sizes. */
  readonly cache: string;
};

async function buildTarget(target: Target, release: Release, { source, staging, output, cache }: Places): Promise<Row> {
  const say = (note: string) => release.say(`${target.name}: ${note}`);
  const runtime = join(staging, target.name, 'runtime');
  await unpackRuntime(target, source, runtime);
  const { bytes, path } = await compileTarget(target, release, join(staging, target.name), runtime, say);
  say(tryVersion(path, target, release));
  const base = `kscli-${release.version}-${target.name}`;
  const entries = listContents(release.root, base, { name: target.binary, bytes }, release.noticesText);
  const [archives, bare] = await Promise.all([
    pack(entries, release.time, listFormats(target, release)),
    measureRuntime(readFileSync(runtime), target, release.withXz, cache),
  ]);
  const sizes: Sizes = { raw: bytes.length };
  for (const [format, archive] of archives) {
    writeFileSync(join(output, `${base}.${format}`), archive);
    sizes[COMPRESSION[format]] = archive.length;
  }
  rmSync(join(staging, target.name), { recursive: true });
  const row = { name: base, target: target.name, sizes, runtime: bare };
  requireLimits(row);
  return row;
}

async function compileTarget(
  target: Target,
  release: Release,
  directory: string,
  executable: string,
  say: (note: string) => void,
): Promise<{ bytes: Buffer; path: string }> {
  const path = join(directory, target.binary);
  try {
    const runtime = { target: target.compile, executable };
    await compile({ ...release, target: target.name, outfile: join(directory, 'kscli'), runtime });
    const compiled = readFileSync(path);
    const named = target.os === 'win32' ? setProperties(compiled, release.version) : compiled;
    const { bytes, notes } = requireTrust(named, target, release);
    for (const note of notes) say(note);
    writeFileSync(path, bytes);
    return { bytes, path };
  } catch (error) {
    throw new Error(`${target.name}: ${error instanceof Error ? error.message : error}`);
  }
}

function listFormats({ archives }: Target, { withXz }: Release): readonly ArchiveFormat[] {
  return archives.filter((format) => withXz || format !== 'tar.xz');
}

async function pack(
  entries: readonly Entry[],
  time: number,
  formats: readonly ArchiveFormat[],
): Promise<[ArchiveFormat, Uint8Array][]> {
  if (formats.includes('zip')) return [['zip', writeZip(entries, time)]];
  const tar = writeTar(entries, time);
  const archives: [ArchiveFormat, Uint8Array][] = [['tar.gz', await gzip(tar)]];
  if (formats.includes('tar.xz')) archives.push(['tar.xz', await xz(tar)]);
  return archives;
}

/** The text of SHA256SUMS, for `sha256sum --check` in that directory. */
function listChecksums(directory: string): string {
  const lines = readdirSync(directory).map((name) => {
    const hash = createHash('sha256').update(readFileSync(join(directory, name)));
    return `${hash.digest('hex')}  ${name}\n`;
  });
  // By name, whatever the order in which the directory lists them.
  return lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('');
}
