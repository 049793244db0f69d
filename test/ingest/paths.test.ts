// The folder that takes everything, by its path.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';
import { list } from './folder.ts';

const PART = '00000000-0000-0000-0003-000000000001';
const FOLDER = '00000000-0000-0000-0003-000000000002';
const ROW = { part_type: 'FOLDER', id: FOLDER, path_part_id: PART, name: 'docs', materialized_path: '/shared/docs' };
const SEARCH = 'GET /v1/folders/search?name_like=docs&limit=100&offset=0';
const DOCUMENTS = `GET /v1/documents?parent_path_part_id=${PART}&limit=100&offset=0`;

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
  mkdirSync(join(home.directory, 'docs'));
  writeFileSync(join(home.directory, 'docs/a.pdf'), 'a');
});
afterEach(() => home.remove());

test('a path leads to the path part that everything hangs on', async () => {
  const stubs = { [SEARCH]: list(ROW), [DOCUMENTS]: list() };
  const line = 'folders bulk-ingest ~/docs --under /shared/docs --dry-run -f id-only';
  expect(await home.kscli(line, stubs)).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest ~/docs --under /shared/docs --dry-run -f id-only
    > GET /v1/folders/search?name_like=docs&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0003-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    ! Uploaded 0, skipped 0, failed 0, to upload 1
    exit 0"
  `);
});

test('a path stands for the id of the folder too', async () => {
  const stubs = { [SEARCH]: list(ROW), [`GET /v1/folders/${FOLDER}`]: { json: ROW }, [DOCUMENTS]: list() };
  const line = 'folders bulk-ingest ~/docs --folder-id /shared/docs --dry-run -f id-only';
  expect(await home.kscli(line, stubs)).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest ~/docs --folder-id /shared/docs --dry-run -f id-only
    > GET /v1/folders/search?name_like=docs&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0003-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    ! Uploaded 0, skipped 0, failed 0, to upload 1
    exit 0"
  `);
});

test('an id of something else is told, and nothing is uploaded', async () => {
  const stubs = {
    [`GET /v1/folders/${PART}`]: { status: 404, json: { detail: 'No such folder' } },
    [`GET /v1/documents/${PART}`]: { status: 404, json: { detail: 'No such document' } },
    [`GET /v1/path-parts/${PART}`]: { json: { path_part_id: PART, part_type: 'FOLDER', metadata_obj_id: FOLDER } },
  };
  expect(await home.kscli(`folders bulk-ingest ~/docs --folder-id ${PART}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest ~/docs --folder-id 00000000-0000-0000-0003-000000000001
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/documents/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/path-parts/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    ! Error: Not found: No such folder
    ! 00000000-0000-0000-0003-000000000001 is a path part, and no folder. It is the place of folder 00000000-0000-0000-0003-000000000002
    exit 3"
  `);
});
