// Uploads whose workflow fails or takes longer than one waits: what is shown, and how it ends.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { USER } from '../backend/server.ts';
import { token } from '../kscli.ts';
import { createFolder, type Folder, INGEST, LIST, NOTHING } from './folder.ts';

const WORKFLOW = 'GET /v1/workflows/document_versions/w';
const UPLOADED = { json: { document_id: 'd', workflow_id: 'w' } };
let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

const states = (...texts: string[]) => texts.map((status) => ({ json: { status } }));

test('what the server says of a workflow is in one line and without secrets', async () => {
  folder.put('a.pdf');
  const error = `cached-key ${token()}\nError: more`;
  const stubs = {
    [LIST]: NOTHING,
    [INGEST]: UPLOADED,
    [WORKFLOW]: { json: { status: 'failed', error } },
  };
  expect(await folder.bulk('--wait -f jsonl', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > GET /v1/workflows/document_versions/w
    {"path":"a.pdf","state":"unfinished","document_id":"d","workflow_id":"w","error":"Workflow w ended as failed: [redacted] [redacted] Error: more","document_version_id":null,"size":5,"modified":"2026-02-23T11:00:00.000Z","sha256":"a7949e623819aa32baf4c32d0457e275b4eff130ec61f43cf284ffdef26efcf4","attempts":1}
    ! a.pdf: document d, workflow w
    ! Error: a.pdf: Workflow w ended as failed: [redacted] [redacted] Error: more
    ! Uploaded 1 (1 of them unfinished), skipped 0, failed 0
    exit 1"
  `);
});

test('an upload whose workflow fails is unfinished', async () => {
  folder.put('a.pdf');
  const stubs = {
    [LIST]: NOTHING,
    [INGEST]: UPLOADED,
    [WORKFLOW]: { json: { status: 'failed', error: 'No text' } },
  };
  expect(await folder.bulk('--wait -f json', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > GET /v1/workflows/document_versions/w
    {
      "items": [
        {
          "path": "a.pdf",
          "state": "unfinished",
          "document_id": "d",
          "workflow_id": "w",
          "error": "Workflow w ended as failed: No text",
          "document_version_id": null,
          "size": 5,
          "modified": "2026-02-23T11:00:00.000Z",
          "sha256": "a7949e623819aa32baf4c32d0457e275b4eff130ec61f43cf284ffdef26efcf4",
          "attempts": 1
        }
      ],
      "total": 1,
      "uploaded": 1,
      "unfinished": 1,
      "skipped": 0,
      "failed": 0,
      "planned": 0,
      "left_out": 0,
      "versioned": 0,
      "excluded": 0
    }
    ! a.pdf: document d, workflow w
    ! Error: a.pdf: Workflow w ended as failed: No text
    exit 1"
  `);
});

test('an upload is shown though its workflow fails or takes longer than one waits', async () => {
  folder.put('a.pdf');
  const line = `documents ingest --file ${folder.path}/a.pdf --path-part-id ${USER} -f id-only --wait --wait-timeout 3`;
  const stubs = { [INGEST]: UPLOADED, [WORKFLOW]: states('FAILED') };
  expect(await folder.home.kscli(line, stubs)).toMatchInlineSnapshot(`
    "$ kscli documents ingest --file ~/docs/a.pdf --path-part-id 00000000-0000-0000-0001-000000000001 -f id-only --wait --wait-timeout 3
    > POST /v1/documents/ingest | cookie: ks_uat=<token> | path_part_id=00000000-0000-0000-0001-000000000001 name=a.pdf file=@a.pdf (5 bytes)
    > GET /v1/workflows/document_versions/w | cookie: ks_uat=<token>
    d
    ! Error: Workflow w ended as FAILED
    exit 1"
  `);
  const late = { [INGEST]: UPLOADED, [WORKFLOW]: states('RUNNING', 'RUNNING', 'RUNNING') };
  expect(await folder.home.kscli(line, late)).toMatchInlineSnapshot(`
    "$ kscli documents ingest --file ~/docs/a.pdf --path-part-id 00000000-0000-0000-0001-000000000001 -f id-only --wait --wait-timeout 3
    > POST /v1/documents/ingest | cookie: ks_uat=<token> | path_part_id=00000000-0000-0000-0001-000000000001 name=a.pdf file=@a.pdf (5 bytes)
    > GET /v1/workflows/document_versions/w | cookie: ks_uat=<token>
    > GET /v1/workflows/document_versions/w | cookie: ks_uat=<token>
    > GET /v1/workflows/document_versions/w | cookie: ks_uat=<token>
    d
    ! Error: Workflow w is still RUNNING after 3 seconds
    exit 1"
  `);
});
