// What an archive holds, and in which order.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../archive/tar.ts';

export type Binary = { readonly name: string; readonly bytes: Uint8Array };

/** Files of the repository that go into every archive. */
const COPIED = ['README.md'];
const NOTICES = 'NOTICES.txt';

/**
 * One top directory with the binary, the notices and the copied files in it, sorted by the bytes of their paths. The
 * modes are fixed: what the umask of a checkout left must not show in an archive.
 * @throws Error naming a file that is missing
 */
export function listContents(root: string, top: string, binary: Binary, notices: string): Entry[] {
  const entries: Entry[] = [
    { path: top, mode: 0o755 },
    { path: `${top}/${binary.name}`, mode: 0o755, bytes: binary.bytes },
    { path: `${top}/${NOTICES}`, mode: 0o644, bytes: Buffer.from(notices) },
    ...COPIED.map((path) => ({ path: `${top}/${path}`, mode: 0o644, bytes: readCopied(join(root, path)) })),
  ];
  return entries.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

function readCopied(path: string): Uint8Array {
  if (!existsSync(path)) throw new Error(`${path} is missing, and belongs into every archive`);
  return readFileSync(path);
}
