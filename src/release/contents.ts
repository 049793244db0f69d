// What an archive holds besides the binary, and in which order.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file, or without bytes a directory. Paths are relative, with forward slashes. */
export type Entry = { readonly path: string; readonly mode: number; readonly bytes?: Uint8Array };

/** Files and directories of the repository that go into every archive. */
const EXTRAS: readonly { readonly path: string; readonly optional: boolean }[] = [
  { path: 'README.md', optional: false },
  { path: 'completions', optional: true },
];

/** One top directory with the binary and the extras in it, sorted by the bytes of their paths. */
export function archiveContents(root: string, top: string, binary: string, bytes: Uint8Array): Entry[] {
  const entries: Entry[] = [
    { path: top, mode: 0o755 },
    { path: `${top}/${binary}`, mode: 0o755, bytes },
  ];
  for (const extra of EXTRAS) {
    const source = join(root, extra.path);
    if (existsSync(source)) entries.push(...readTree(source, `${top}/${extra.path}`));
    else if (!extra.optional) throw new Error(`${source} is missing, and belongs into every archive`);
  }
  return entries.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

/** The modes are fixed: what the umask of a checkout left must not show in an archive. */
function readTree(source: string, path: string): Entry[] {
  if (!statSync(source).isDirectory()) return [{ path, mode: 0o644, bytes: readFileSync(source) }];
  const children = readdirSync(source).flatMap((name) => readTree(join(source, name), `${path}/${name}`));
  return [{ path, mode: 0o755 }, ...children];
}
