// kscli folders bulk-ingest --wait: what is asked of the workflows, for how long, and what is told meanwhile.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { USER } from '../backend/server.ts';
import { createFolder, type Folder, INGEST, LIST, NOTHING } from './folder.ts';

const WORKFLOW = 'GET /v1/workflows/document_versions/w';
const UPLOADED = { json: { document_id: 'd', workflow_id: 'w' } };
let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

const uploads = (...names: string[]) => ({
  [INGEST]: names.map((name) => ({ json: { document_id: name.toUpperCase(), workflow_id: name } })),
});

const states = (...texts: string[]) => texts.map((status) => ({ json: { status } }));

test('all is uploaded first, then one loop looks at the workflows that have not ended', async () => {
  folder.put('a.pdf', 'b.pdf', 'c.pdf');
  const stubs = {
    [LIST]: NOTHING,
    ...uploads('a', 'b', 'c'),
    'GET /v1/workflows/document_versions/a': states('PROCESSING', 'PROCESSING', 'COMPLETED'),
    'GET /v1/workflows/document_versions/b': states('COMPLETED'),
    'GET /v1/workflows/document_versions/c': states('PROCESSING', 'COMPLETED'),
  };
  expect(await folder.bulk('--wait -f id-only', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    > GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/b
    > GET /v1/workflows/document_versions/c
    > GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/c
    > GET /v1/workflows/document_versions/a
    A
    B
    C
    ! a.pdf: document A, workflow a
    ! b.pdf: document B, workflow b
    ! c.pdf: document C, workflow c
    ! Uploaded 3, skipped 0, failed 0
    exit 0"
  `);
});

test('--wait-timeout counts for all of them together, and what is uploaded counts as uploaded', async () => {
  folder.put('a.pdf', 'b.pdf');
  const stubs = {
    [LIST]: NOTHING,
    ...uploads('a', 'b'),
    'GET /v1/workflows/document_versions/a': states('PROCESSING', 'PROCESSING', 'PROCESSING'),
    'GET /v1/workflows/document_versions/b': [...states('PROCESSING'), { status: 502 }, ...states('PROCESSING')],
  };
  expect(await folder.bulk('--wait --wait-timeout 3 --timeout 0.1 -f json', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    > GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/b
    > GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/b
    > GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/b
    {
      "items": [
        {
          "path": "a.pdf",
          "state": "unfinished",
          "document_id": "A",
          "workflow_id": "a",
          "error": "Workflow a is still PROCESSING after 3 seconds",
          "document_version_id": null,
          "size": 5,
          "modified": "2026-02-23T11:00:00.000Z",
          "sha256": "a7949e623819aa32baf4c32d0457e275b4eff130ec61f43cf284ffdef26efcf4",
          "attempts": 1
        },
        {
          "path": "b.pdf",
          "state": "unfinished",
          "document_id": "B",
          "workflow_id": "b",
          "error": "Workflow b is still PROCESSING after 3 seconds",
          "document_version_id": null,
          "size": 5,
          "modified": "2026-02-23T11:00:00.000Z",
          "sha256": "9a3f96912c5f85bc082ca0bbeb28e72f588f4517c173982ccdc57a0e18a42663",
          "attempts": 1
        }
      ],
      "total": 2,
      "uploaded": 2,
      "unfinished": 2,
      "skipped": 0,
      "failed": 0,
      "planned": 0,
      "left_out": 0,
      "versioned": 0,
      "excluded": 0
    }
    ! a.pdf: document A, workflow a
    ! b.pdf: document B, workflow b
    ! Error: a.pdf: Workflow a is still PROCESSING after 3 seconds
    ! Error: b.pdf: Workflow b is still PROCESSING after 3 seconds
    exit 1"
  `);
});

test('a server that cannot be asked for a while is asked again', async () => {
  folder.put('a.pdf');
  const lost = [500, 500].map((status) => ({ status }));
  const stubs = {
    [LIST]: NOTHING,
    ...uploads('a'),
    'GET /v1/workflows/document_versions/a': [...lost, ...states('COMPLETED')],
  };
  expect(await folder.bulk('--wait -f id-only', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/a
    A
    ! a.pdf: document A, workflow a
    ! Uploaded 1, skipped 0, failed 0
    exit 0"
  `);
  const late = { [LIST]: NOTHING, ...uploads('a'), 'GET /v1/workflows/document_versions/a': lost };
  expect(await folder.bulk('--wait --wait-timeout 1 -f id-only', late)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/a
    A
    ! a.pdf: document A, workflow a
    ! Error: a.pdf: Workflow a is still running after 1 seconds; The last look failed: Server error: 500
    ! Uploaded 1 (1 of them unfinished), skipped 0, failed 0
    exit 1"
  `);
});

test('messages stand above the line that is written over and over', async () => {
  folder.put('a.pdf', 'b.pdf');
  const stubs = {
    [LIST]: NOTHING,
    [INGEST]: [{ status: 500 }, UPLOADED],
    [WORKFLOW]: states('PROCESSING', 'COMPLETED'),
  };
  const line = `folders bulk-ingest ${folder.path} --path-part-id ${USER} --parallel 1 --wait --wait-timeout 30 -f id-only`;
  const transcript = await folder.home.kscli(line, stubs, { isTerminal: true, width: 40 });
  const stderr = transcript.split('\n').filter((text) => text.startsWith('!'));
  expect(stderr.map((text) => JSON.stringify(text)).join('\n')).toMatchInlineSnapshot(`
    ""! \\r\\u001b[K0/2 files  0/10 B\\r\\u001b[K\\u001b[31mError:\\u001b[0m a.pdf: Server error: 500"
    "! 0/2 files  0/10 B\\r\\u001b[Kb.pdf: document d, workflow w"
    "! 0/2 files  0/10 B\\r\\u001b[K\\r\\u001b[K0/1 workflows finished  30 s left\\r\\u001b[K0/1 workflows finished  28 s left\\r\\u001b[KUploaded 1, skipped 0, failed 1""
  `);
});
