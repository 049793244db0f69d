// kscli folders bulk-ingest: what the server refuses, and what stops all of it.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createFolder, type Folder, INGEST, LIST, NOTHING } from './folder.ts';

const UPLOADED = { json: { document_id: 'd', workflow_id: 'w' } };

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

test('what the server refuses is told for each file, field by field', async () => {
  folder.put('a.pdf', 'b.pdf');
  const refusal = { status: 422, json: { detail: [{ loc: ['body', 'file'], msg: 'is empty' }] } };
  expect(await folder.bulk('', { [LIST]: NOTHING, [INGEST]: [refusal, UPLOADED] })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    ┌───────┬──────────┬─────────────┬─────────────┬──────────────────────────────────┐
    │ PATH  │ STATE    │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR                            │
    ├───────┼──────────┼─────────────┼─────────────┼──────────────────────────────────┤
    │ a.pdf │ failed   │ -           │ -           │ Validation error; file: is empty │
    │ b.pdf │ uploaded │ d           │ w           │ -                                │
    └───────┴──────────┴─────────────┴─────────────┴──────────────────────────────────┘

    Uploaded 1, skipped 0, failed 1
    ! Error: a.pdf: Validation error; file: is empty
    exit 1"
  `);
});

test('a session that ends stops all of it with 2, and says what is left', async () => {
  folder.put('a.pdf', 'b.pdf', 'c.pdf');
  const stubs = {
    [LIST]: NOTHING,
    [INGEST]: [UPLOADED, { status: 401 }],
    'POST /v1/auth/assume_user': { status: 401 },
  };
  expect(await folder.bulk('', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    > POST /v1/auth/assume_user
    ┌───────┬──────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE    │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼──────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ uploaded │ d           │ w           │ -     │
    │ b.pdf │ planned  │ -           │ -           │ -     │
    │ c.pdf │ planned  │ -           │ -           │ -     │
    └───────┴──────────┴─────────────┴─────────────┴───────┘

    Uploaded 1, skipped 0, failed 0, left 2
    ! Error: Admin API key rejected
    ! The key is the one from the cache in ~/state/.credentials. Check it and the base URL (kscli settings show).
    exit 2"
  `);
});

test('so does one that ends while waiting', async () => {
  folder.put('a.pdf', 'b.pdf');
  const stubs = {
    [LIST]: NOTHING,
    [INGEST]: [UPLOADED, UPLOADED],
    'GET /v1/workflows/document_versions/w': { status: 401 },
    'POST /v1/auth/assume_user': { status: 401 },
  };
  expect(await folder.bulk('--wait', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    > GET /v1/workflows/document_versions/w
    > POST /v1/auth/assume_user
    ┌───────┬────────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE      │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼────────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ unfinished │ d           │ w           │ -     │
    │ b.pdf │ unfinished │ d           │ w           │ -     │
    └───────┴────────────┴─────────────┴─────────────┴───────┘

    Uploaded 2 (2 of them unfinished), skipped 0, failed 0
    ! a.pdf: document d, workflow w
    ! b.pdf: document d, workflow w
    ! Error: Admin API key rejected
    ! The key is the one from the cache in ~/state/.credentials. Check it and the base URL (kscli settings show).
    exit 2"
  `);
});

test('where only reading is allowed, nothing is tried twice', async () => {
  folder.put('a.pdf', 'b.pdf');
  expect(await folder.bulk('--read-only', { [LIST]: NOTHING })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ┌───────┬─────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE   │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼─────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ planned │ -           │ -           │ -     │
    │ b.pdf │ planned │ -           │ -           │ -     │
    └───────┴─────────┴─────────────┴─────────────┴───────┘

    Uploaded 0, skipped 0, failed 0, left 2
    ! Error: Refused: POST /v1/documents/ingest would change something, and only reading is allowed
    ! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
    exit 1"
  `);
});
