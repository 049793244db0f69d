// The documents of all folders in one list, and what is in one of them.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { A, B, C, contents, document, folder, page, TOP } from './contents.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('documents of all folders are one list, with their paths', async () => {
  const place = { ...document('q1.pdf', C), materialized_path: '/Reports/2026/q1.pdf' };
  const stubs = { ...TOP, [contents(A, 999)]: page([folder('2026', C, A), place]), [contents(B, 999)]: page([]) };
  expect(await home.kscli('documents list --recursive', stubs)).toMatchInlineSnapshot(`
    "$ kscli documents list --recursive
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?max_depth=999&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000b/contents?max_depth=999&limit=100&offset=0 | cookie: ks_uat=<token>
    ┌───────────┬───────────┬──────────────────────┬───────────────┬────────────┐
    │ ID        │ NAME      │ MATERIALIZED_PATH    │ DOCUMENT_TYPE │ UPDATED_AT │
    ├───────────┼───────────┼──────────────────────┼───────────────┼────────────┤
    │ notes.txt │ notes.txt │ -                    │ -             │ -          │
    │ q1.pdf    │ q1.pdf    │ /Reports/2026/q1.pdf │ -             │ -          │
    └───────────┴───────────┴──────────────────────┴───────────────┴────────────┘

    Total: 2
    exit 0"
  `);
});

test('limit and offset count over all folders, and nothing is asked behind the last row', async () => {
  const part = { json: { path_part_id: B, part_type: 'FOLDER', metadata_obj_id: A } };
  const stubs = {
    [`GET /v1/path-parts/${B}`]: part,
    [contents(A, 1000, '&with_tags=true')]: page([document('1'), folder('f', C, A), document('2'), document('3')], 300),
  };
  const line = `documents list --recursive --under ${B} --with-tags --offset 1 --limit 2 -f id-only`;
  expect(await home.kscli(line, stubs)).toMatchInlineSnapshot(`
    "$ kscli documents list --recursive --under 00000000-0000-0000-0003-00000000000b --with-tags --offset 1 --limit 2 -f id-only
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000b | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?max_depth=1000&with_tags=true&limit=100&offset=0 | cookie: ks_uat=<token>
    2
    3
    exit 0"
  `);
});

test('the path part of a document holds no documents', async () => {
  const part = { json: { path_part_id: B, part_type: 'DOCUMENT', metadata_obj_id: A } };
  expect(
    await home.kscli(`documents list --recursive --under ${B}`, { [`GET /v1/path-parts/${B}`]: part }),
  ).toMatchInlineSnapshot(`
    "$ kscli documents list --recursive --under 00000000-0000-0000-0003-00000000000b
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000b | cookie: ks_uat=<token>
    ! Error: Not found: 00000000-0000-0000-0003-00000000000b is no folder's path part
    exit 3"
  `);
});

test('the contents of a document are those of its active version', async () => {
  const stubs = {
    [`GET /v1/documents/${A}`]: { json: { id: A, active_version_id: B } },
    [`GET /v1/document_versions/${B}/contents`]: { json: { items: [], total: 0 } },
  };
  expect(await home.kscli(`documents contents ${A}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli documents contents 00000000-0000-0000-0003-00000000000a
    > GET /v1/documents/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/document_versions/00000000-0000-0000-0003-00000000000b/contents | cookie: ks_uat=<token>
    No results.
    exit 0"
  `);
  const none = { [`GET /v1/documents/${A}`]: { json: { id: A, active_version_id: null } } };
  expect(await home.kscli(`documents contents ${A}`, none)).toMatchInlineSnapshot(`
    "$ kscli documents contents 00000000-0000-0000-0003-00000000000a
    > GET /v1/documents/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Error: The server named no version id
    exit 1"
  `);
});
