// A directory to upload, and the transcripts of bulk-ingest without what is the same in all of them.

import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createHome, type Home, NOW, type Options, type Stubs } from '../kscli.ts';

export const INGEST = 'POST /v1/documents/ingest';
export const NOTHING = { json: { items: [], total: 0 } };
export const LIST = `GET /v1/documents?parent_path_part_id=${USER}&limit=100&offset=0`;

export type Folder = {
  readonly home: Home;
  readonly path: string;
  /** Each holds its own name, and was changed at the same moment. */
  put(...names: string[]): void;
  /** Its transcript, without what the requests carry. */
  bulk(flags: string, stubs: Stubs, options?: Options): Promise<string>;
  remove(): void;
};

export function createFolder(): Folder {
  const home = createHome();
  home.keep();
  const path = join(home.directory, 'docs');
  mkdirSync(path);
  return {
    home,
    path,
    put: (...names) => {
      for (const name of names) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), name);
        utimesSync(join(path, name), NOW / 1000, NOW / 1000);
      }
    },
    bulk: async (flags, stubs, options) => {
      const line = `folders bulk-ingest ${path} --path-part-id ${USER} --parallel 1 ${flags}`;
      const transcript = await home.kscli(line, stubs, options);
      return transcript
        .split('\n')
        .slice(1)
        .map((text) => (text.startsWith('> ') ? text.replace(/ \| .*/, '') : text))
        .join('\n');
    },
    remove: () => home.remove(),
  };
}

/** SHA-256 as the API keeps it. */
export function hashOf(text: string): string {
  return new Bun.CryptoHasher('sha256').update(text).digest('base64');
}

/** A document as a list of them has it. @param contents undefined where the server keeps no hash */
export function documentOf(name: string, contents: string | undefined, id = `d-${name}`, version = 1): object {
  const system_metadata = contents === undefined ? {} : { hash: hashOf(contents) };
  return {
    id,
    name,
    path_part_id: `p-${name}`,
    active_version: { id: `v${version}-${name}`, version, system_metadata },
  };
}

export function list(...items: object[]) {
  return { json: { items, total: items.length } };
}

export function uploaded(name: string) {
  return { json: { document_id: `d-${name}`, document_version_id: `v1-${name}`, workflow_id: `w-${name}` } };
}
