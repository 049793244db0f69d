// The sizes of the archives, and how many times those of the bare runtime in the same compression they may be.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzip, xz } from './compress.ts';
import type { ArchiveFormat, Target } from './targets.ts';

/** In bytes. A zip is measured against the bare runtime's gzip, because both hold the same deflate. */
type Compression = 'raw' | 'gzip' | 'xz';
export type Sizes = Partial<Record<Compression, number>>;

export const COMPRESSION: Readonly<Record<ArchiveFormat, Compression>> = {
  'tar.gz': 'gzip',
  'tar.xz': 'xz',
  zip: 'gzip',
};
const COMPRESSIONS: readonly Compression[] = ['raw', 'gzip', 'xz'];
const NAME_WIDTH = 34;

type Limits = { readonly gzip: number; readonly xz?: number };
/**
 * An archive is at most so many times its bare runtime: what was measured, and room of 0.004 for new commands. Nearly all of it is
 * bytecode, which halves the time of every command but --help and --version: 13 instead of 27 ms for `whoami`. On linux-x64 it is
 * 2.1 MB of 52.1 in gzip, 1.047 times the runtime instead of 1.005. More than half of it is of the runtime's own modules: Bun adds
 * all that `node:fs` may ever load. Without node:tls and node:net it would be 1.041, and `doctor` 4 ms slower, every command that
 * needs the system's certificates 2 ms; without node:fs too 1.033, and every command 0.5 ms slower. On macOS the runtime is smaller.
 */
const LIMITS: Readonly<Record<Target['name'], Limits>> = {
  'linux-x64': { gzip: 1.051, xz: 1.05 },
  'linux-arm64': { gzip: 1.051, xz: 1.053 },
  'linux-x64-musl': { gzip: 1.054, xz: 1.051 },
  'linux-arm64-musl': { gzip: 1.055, xz: 1.055 },
  'darwin-arm64': { gzip: 1.064, xz: 1.071 },
  'darwin-x64': { gzip: 1.06, xz: 1.06 },
  'windows-x64': { gzip: 1.048 },
  'windows-arm64': { gzip: 1.053 },
};

/** The sizes are kept in the file `cache`, by the runtime's hash: compressing it takes as long as all the rest. */
export async function measureRuntime(
  runtime: Uint8Array,
  target: Target,
  withXz: boolean,
  cache: string,
): Promise<Sizes> {
  const known = existsSync(cache) ? (JSON.parse(readFileSync(cache, 'utf8')) as Record<string, Sizes>) : {};
  const wanted = withXz && target.archives.includes('tar.xz') ? COMPRESSIONS : (['raw', 'gzip'] as const);
  const kept = known[target.sha256];
  if (kept && wanted.every((compression) => kept[compression] !== undefined)) return kept;
  const measured: Sizes = { raw: runtime.length, gzip: (await gzip(runtime)).length };
  if (wanted.includes('xz')) measured.xz = (await xz(runtime)).length;
  mkdirSync(dirname(cache), { recursive: true });
  writeFileSync(cache, JSON.stringify({ ...known, [target.sha256]: measured }));
  return measured;
}

export type Row = {
  /** As the archive is called, without its format. */
  readonly name: string;
  readonly target: Target['name'];
  readonly sizes: Sizes;
  readonly runtime: Sizes;
};

/** @throws Error naming the archive and each compression that is over its limit, with both sizes */
export function requireLimits({ name, target, sizes, runtime }: Row): void {
  const over = (['gzip', 'xz'] as const).flatMap((compression) => {
    const [size, bare, limit] = [sizes[compression], runtime[compression], LIMITS[target]?.[compression]];
    if (size === undefined) return [];
    if (bare === undefined) throw new Error(`${name}: the ${compression} of the bare runtime was not measured`);
    if (limit === undefined) throw new Error(`${name}: there is no limit for ${compression}`);
    if (size <= limit * bare) return [];
    const ratio = (size / bare).toFixed(4);
    return [`in ${compression} ${size} bytes, ${ratio} times the bare runtime's ${bare}; the limit is ${limit} times`];
  });
  if (over.length > 0) throw new Error(`${name} is too large: ${over.join('; ')}`);
}

/** In millions of bytes, with the ratio to the bare runtime behind each. */
export function renderSizes(rows: readonly Row[]): string {
  const head = `${'MB (times the bare runtime)'.padEnd(NAME_WIDTH)}${COMPRESSIONS.map((name) => name.padEnd(16)).join('')}`;
  const lines = rows.map(({ name, sizes, runtime }) => {
    const cells = COMPRESSIONS.map((compression) => formatCell(sizes[compression], runtime[compression]).padEnd(16));
    return `${name.padEnd(NAME_WIDTH)}${cells.join('')}`;
  });
  return [head, ...lines].map((line) => line.trimEnd()).join('\n');
}

function formatCell(size: number | undefined, runtime: number | undefined): string {
  if (size === undefined || runtime === undefined) return '-';
  return `${(size / 1e6).toFixed(1)} (${(size / runtime).toFixed(3)})`;
}
