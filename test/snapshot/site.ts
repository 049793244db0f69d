// What a server holds that snapshots are taken of, as answers; and the files of a snapshot.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TENANT, USER } from '../backend/server.ts';
import type { Home, Options, Stubs } from '../kscli.ts';
import { nameRoutes } from '../transcript.ts';

const id = (kind: number, number: number) => `00000000-0000-0000-000${kind}-00000000000${number}`;

export const [FOLDER, DOCUMENT, VERSION, GROUP] = [id(3, 1), id(4, 1), id(5, 1), id(6, 1)] as const;
export const [FOLDER_PART, DOCUMENT_PART] = [id(3, 9), id(4, 9)] as const;

export const folder = (number: number, path: string) => ({
  part_type: 'FOLDER',
  id: id(3, number),
  path_part_id: number === 1 ? FOLDER_PART : id(3, number + 4),
  name: path.split('/').at(-1),
  materialized_path: path,
  parent_path_part_id: null,
});

const version = (number: number) => ({
  id: id(5, number),
  version: number - 1,
  name: `v${number - 1}`,
  asset_s3_url: `https://files.example.com/${Math.random()}`,
  system_metadata: { hash: 'c3Vt', total_pages: 3 },
});

export const document = (number: number, path: string) => ({
  updated_at: '2026-01-01T00:00:00Z',
  part_type: 'DOCUMENT',
  id: id(4, number),
  path_part_id: number === 1 ? DOCUMENT_PART : id(4, number + 4),
  name: path.split('/').at(-1),
  materialized_path: path,
  active_version_id: id(5, number),
  active_version: version(number),
});

export const page = (...items: object[]) => ({ json: { items, total: items.length } });

const FIRST = 'limit=100&offset=0';

export const ROUTES = {
  folders: `GET /v1/folders?sort_order=CREATED_AT&${FIRST}`,
  documents: `GET /v1/documents?sort_order=CREATED_AT&${FIRST}`,
  contents: `GET /v1/folders/${FOLDER}/contents?max_depth=1000&sort_order=CREATED_AT&${FIRST}`,
  versions: `GET /v1/document_versions?document_id=${DOCUMENT}&${FIRST}`,
  chunks: `GET /v1/document_versions/${VERSION}/contents?${FIRST}`,
  me: 'GET /v1/users/me',
  own: `GET /v1/user-permissions?tenant_id=${TENANT}&user_id=${USER}&${FIRST}`,
  groups: 'GET /v1/tenant-groups/my-group',
  ofGroup: `GET /v1/tenant-groups/${GROUP}/permissions?${FIRST}`,
} as const;

type Answers = Partial<Record<keyof typeof ROUTES, Stubs[string] | undefined>>;

/** A folder with a document of two versions; undefined takes an answer out. */
export function whole(changes: Answers = {}): Stubs {
  const answers: Answers = {
    folders: page(folder(1, '/shared')),
    documents: page(),
    contents: page(document(1, '/shared/2026.pdf')),
    versions: page(version(1), version(2)),
    me: { json: { id: USER, current_tenant_role: 'USER' } },
    own: { status: 403, json: { detail: 'Only for admins and owners' } },
    groups: { json: [{ id: GROUP, name: 'Finance', member_count: 3 }] },
    ofGroup: page({ id: id(7, 1), group_id: GROUP, materialized_path: '/shared', capability: 'READ_ONLY' }),
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(answers).flatMap(([name, stub]) => (stub ? [[ROUTES[name as keyof typeof ROUTES], stub]] : [])),
  );
}

/** The transcript, where requests have the names of their routes. @param words behind `snapshot` */
export async function snapshot(home: Home, words: string, stubs: Stubs = {}, options: Options = {}): Promise<string> {
  return nameRoutes(await home.kscli(`snapshot ${words}`, stubs, options), ROUTES);
}

/** Name and text of each file in it, in the order of their names. */
export function readAll(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory)
      .sort()
      .map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  );
}
