// The sizes of what was built, against the bare runtime in the same compression.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzip, hasXz, xz } from './compress.ts';
import type { ArchiveFormat, Target } from './targets.ts';

/** In bytes. A zip holds the same deflate as a gzip, so the bare runtime's gzip is what both are measured against. */
type Compression = 'raw' | 'gzip' | 'xz';
export type Sizes = Partial<Record<Compression, number>>;

export const COMPRESSION: Readonly<Record<ArchiveFormat, Compression>> = {
  'tar.gz': 'gzip',
  'tar.xz': 'xz',
  zip: 'gzip',
};
const COMPRESSIONS: readonly Compression[] = ['raw', 'gzip', 'xz'];
const NAME_WIDTH = 34;
/** An archive is to be at most this many times its bare runtime. */
const LIMIT = 1.03;

/** Compressing the runtime takes as long as compressing the product, so its sizes are kept in `cache`, by its hash. */
export async function measureRuntime(runtime: Uint8Array, target: Target, cache: string): Promise<Sizes> {
  const known = existsSync(cache) ? (JSON.parse(readFileSync(cache, 'utf8')) as Record<string, Sizes>) : {};
  const wanted = target.archives.includes('tar.xz') && hasXz() ? COMPRESSIONS : (['raw', 'gzip'] as const);
  const kept = known[target.sha256];
  if (kept && wanted.every((compression) => kept[compression] !== undefined)) return kept;
  const measured: Sizes = { raw: runtime.length, gzip: (await gzip(runtime)).length };
  if (wanted.includes('xz')) measured.xz = (await xz(runtime)).length;
  writeFileSync(cache, JSON.stringify({ ...known, [target.sha256]: measured }));
  return measured;
}

export type Row = { readonly name: string; readonly sizes: Sizes; readonly runtime: Sizes };

/** In millions of bytes, with the ratio to the bare runtime behind each. */
export function renderSizes(rows: readonly Row[]): string {
  const head = `${'MB (times the bare runtime)'.padEnd(NAME_WIDTH)}${COMPRESSIONS.map((name) => name.padEnd(16)).join('')}`;
  const lines = rows.map(({ name, sizes, runtime }) => {
    const cells = COMPRESSIONS.map((compression) => cell(sizes[compression], runtime[compression]).padEnd(16));
    return `${name.padEnd(NAME_WIDTH)}${cells.join('')}`;
  });
  const over = rows.flatMap(({ name, sizes, runtime }) =>
    (['gzip', 'xz'] as const)
      .filter((compression) => (sizes[compression] ?? 0) > LIMIT * (runtime[compression] ?? 0))
      .map((compression) => `${name}: ${compression} is over ${LIMIT} times the bare runtime`),
  );
  return [head, ...lines, ...over].map((line) => line.trimEnd()).join('\n');
}

function cell(size: number | undefined, runtime: number | undefined): string {
  if (size === undefined || runtime === undefined) return '-';
  return `${(size / 1e6).toFixed(1)} (${(size / runtime).toFixed(3)})`;
}
