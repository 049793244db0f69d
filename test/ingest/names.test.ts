// Names of files in what kscli folders bulk-ingest prints: whatever they hold, they begin no line of their own.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createFolder, type Folder, INGEST, LIST, NOTHING } from './folder.ts';

const UPLOADED = { json: { document_id: 'd', workflow_id: 'w' } };

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

test('a tree names each file and what became of it', async () => {
  folder.put('a.pdf', 'b.pdf');
  expect(
    await folder.bulk('-f tree', { [LIST]: NOTHING, [INGEST]: [UPLOADED, { status: 500 }] }),
  ).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    ├── a.pdf: uploaded
    └── b.pdf: failed
    ! Error: b.pdf: Server error: 500
    ! Uploaded 1, skipped 0, failed 1
    exit 1"
  `);
});

test('a name cannot begin a line of the summary', async () => {
  folder.put('a.pdf', 'b.x\nError: y');
  expect(await folder.bulk('--dry-run -f table', { [LIST]: NOTHING })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ┌───────┬─────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE   │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼─────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ planned │ -           │ -           │ -     │
    └───────┴─────────┴─────────────┴─────────────┴───────┘

    Uploaded 0, skipped 0, failed 0, to upload 1, left out 1 file: 1 .x error: y
    exit 0"
  `);
});

test('a line break in a name does not begin a line', async () => {
  folder.put('x\nError: y.pdf');
  expect(await folder.bulk('', { [LIST]: NOTHING, [INGEST]: { status: 500 } })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    ┌──────────────┬────────┬─────────────┬─────────────┬───────────────────┐
    │ PATH         │ STATE  │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR             │
    ├──────────────┼────────┼─────────────┼─────────────┼───────────────────┤
    │ x            │ failed │ -           │ -           │ Server error: 500 │
    │ Error: y.pdf │        │             │             │                   │
    └──────────────┴────────┴─────────────┴─────────────┴───────────────────┘

    Uploaded 0, skipped 0, failed 1
    ! Error: x Error: y.pdf: Server error: 500
    exit 1"
  `);
});
