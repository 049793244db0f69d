// Reads a bundle of doctor back, with the tar of this machine out of the way: by its own headers.

import { readFileSync } from 'node:fs';

const BLOCK = 512;

/** The text of each file, by its name. */
export function readBundle(path: string): Readonly<Record<string, string>> {
  const tar = Buffer.from(Bun.gunzipSync(readFileSync(path)));
  const files: Record<string, string> = {};
  for (let at = 0; tar[at]; ) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('utf8', at + 124, at + 135), 8);
    if (!name.endsWith('/'))
      files[name.replace('kscli-doctor/', '')] = tar.toString('utf8', at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
