// kscli snapshot --under: from a folder or a document on, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';
import {
  DOCUMENT,
  DOCUMENT_PART,
  document,
  FOLDER,
  FOLDER_PART,
  folder,
  page,
  readAll,
  snapshot,
  whole,
} from './site.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const at = (name: string) => join(home.directory, name);

test('--under a folder or a document begins there', async () => {
  const level = (path_part_id: string, part_type: string, metadata_obj_id: string) => ({
    json: { ancestors: [{ path_part_id, part_type, metadata_obj_id, materialized_path: '/shared' }] },
  });
  const asked = { [`GET /v1/path-parts/${FOLDER_PART}/ancestry`]: level(FOLDER_PART, 'FOLDER', FOLDER) };
  const one = { [`GET /v1/folders/${FOLDER}`]: { json: folder(1, '/shared') } };
  const rest = whole({ folders: undefined, documents: undefined });
  expect(await snapshot(home, `~/monday --under ${FOLDER_PART}`, { ...asked, ...one, ...rest })).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday --under 00000000-0000-0000-0003-000000000009
    > GET /v1/path-parts/00000000-0000-0000-0003-000000000009/ancestry | cookie: ks_uat=<token>
    > me, own, groups, ofGroup
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > contents, versions
    Snapshot in ~/monday: 2 folders and documents, 2 versions.
    This user may not see everything: unseen.jsonl there names 1 refusal.
    exit 0"
  `);
  const other = {
    [`GET /v1/path-parts/${DOCUMENT_PART}/ancestry`]: level(DOCUMENT_PART, 'DOCUMENT', DOCUMENT),
    [`GET /v1/documents/${DOCUMENT}`]: { json: document(1, '/shared/2026.pdf') },
    ...whole({ folders: undefined, documents: undefined, contents: undefined }),
  };
  expect(await snapshot(home, `~/tuesday --under ${DOCUMENT_PART} -f json`, other)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/tuesday --under 00000000-0000-0000-0004-000000000009 -f json
    > GET /v1/path-parts/00000000-0000-0000-0004-000000000009/ancestry | cookie: ks_uat=<token>
    > me, own, groups, ofGroup
    > GET /v1/documents/00000000-0000-0000-0004-000000000001 | cookie: ks_uat=<token>
    > versions
    {
      "directory": "~/tuesday",
      "files": [
        {
          "name": "tree.jsonl",
          "rows": 1,
          "bytes": 275,
          "sha256": "f2434c4bbfdcfd1e363571a88125263e7672f78519d2fcf1bbc0077d22f06142"
        },
        {
          "name": "versions.jsonl",
          "rows": 2,
          "bytes": 346,
          "sha256": "59d18a9fe3972f3a46b1b527868c061e43f76be8b45924684869f9adef7360c7"
        },
        {
          "name": "permissions.jsonl",
          "rows": 3,
          "bytes": 318,
          "sha256": "ab918df30998d0fd44bf182ed023d088711c93f8b0f0d2c161b9383456750a5f"
        },
        {
          "name": "unseen.jsonl",
          "rows": 1,
          "bytes": 61,
          "sha256": "54cce546be8d5ff67df82517b629f118d28523b99f4bb079fefec7465d56b6a5"
        }
      ]
    }
    exit 0"
  `);
});

test('--under takes a path too, and the top is all', async () => {
  const row = { ...folder(1, '/shared'), parent_path_part_id: '00000000-0000-0000-0009-000000000001' };
  const level = {
    path_part_id: FOLDER_PART,
    part_type: 'FOLDER',
    metadata_obj_id: FOLDER,
    materialized_path: '/shared',
  };
  const stubs = {
    'GET /v1/folders?limit=100&offset=0': page(row),
    'GET /v1/documents?limit=100&offset=0': page(),
    [`GET /v1/path-parts/${FOLDER_PART}/ancestry`]: { json: { ancestors: [level] } },
    [`GET /v1/folders/${FOLDER}`]: { json: folder(1, '/shared') },
    ...whole({ folders: undefined, documents: undefined }),
  };
  expect(await snapshot(home, '~/monday --under /shared -f id-only', stubs)).toEndWith('\nexit 0');
  expect(JSON.parse(readAll(at('monday'))['manifest.json'] ?? '')).toMatchObject({
    under: { path_part_id: FOLDER_PART, materialized_path: '/shared' },
  });
  expect(await snapshot(home, '~/tuesday --under / -f id-only', whole())).toEndWith('\nexit 0');
  expect(JSON.parse(readAll(at('tuesday'))['manifest.json'] ?? '')).toMatchObject({ under: null });
});

test('what a grant names is read too, where no list from the top leads to it', async () => {
  const gone = '00000000-0000-0000-0008-000000000001';
  const grants = [FOLDER_PART, DOCUMENT_PART, gone].map((path_part_id, at) => ({ id: `${at}`, path_part_id }));
  const stubs = {
    ...whole({ folders: page(), ofGroup: page(...grants) }),
    [`GET /v1/path-parts/${FOLDER_PART}`]: {
      json: { path_part_id: FOLDER_PART, part_type: 'FOLDER', metadata_obj_id: FOLDER },
    },
    [`GET /v1/folders/${FOLDER}`]: { json: folder(1, '/hidden/shared') },
    [`GET /v1/path-parts/${gone}`]: { status: 404, json: { detail: 'Path part not found' } },
  };
  expect(await snapshot(home, '~/monday', stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > me, own, groups, ofGroup, folders, documents
    > GET /v1/path-parts/00000000-0000-0000-0003-000000000009 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > contents
    > GET /v1/path-parts/00000000-0000-0000-0008-000000000001 | cookie: ks_uat=<token>
    > versions
    Snapshot in ~/monday: 2 folders and documents, 2 versions.
    This user may not see everything: unseen.jsonl there names 2 refusals.
    exit 0"
  `);
  expect(readAll(at('monday'))['unseen.jsonl']).toMatchInlineSnapshot(`
    "{"part":"granted","path_part_id":"00000000-0000-0000-0008-000000000001","why":"not-found"}
    {"of":"user","part":"permissions","why":"permission-denied"}
    "
  `);
});
