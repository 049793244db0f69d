// Where the answer is lost to a new version, or to a folder that is made: what is looked for, and what is done again.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { USER } from '../backend/server.ts';
import { createFolder, documentOf, type Folder, hashOf, INGEST, LIST, list, NOTHING, uploaded } from './folder.ts';

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
  folder.put('a.pdf');
});
afterEach(() => folder.remove());

const coded = (code: string) => Object.assign(new Error('words of the runtime'), { code });
const LOST = coded('ECONNRESET');

test('a new version is looked for among the versions that were not there before', async () => {
  const version = (number: number, contents: string) => ({
    id: `v${number}`,
    version: number,
    system_metadata: { hash: hashOf(contents), pipeline_state: { temporal_workflow_id: `w${number}` } },
  });
  const stubs = {
    [LIST]: list(documentOf('a.pdf', 'x')),
    'GET /v1/document_versions?document_id=d-a.pdf&limit=100&offset=0': [
      list(version(1, 'x'), version(2, 'a.pdf')),
      list(version(1, 'x'), version(2, 'a.pdf')),
      list(version(1, 'x'), version(2, 'a.pdf'), version(3, 'a.pdf')),
    ],
    'POST /v1/documents/d-a.pdf/ingest': [LOST, LOST],
  };
  expect(await folder.bulk('--if-exists version -f jsonl', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > GET /v1/document_versions?document_id=d-a.pdf&limit=100&offset=0
    > POST /v1/documents/d-a.pdf/ingest
    > GET /v1/document_versions?document_id=d-a.pdf&limit=100&offset=0
    > POST /v1/documents/d-a.pdf/ingest
    > GET /v1/document_versions?document_id=d-a.pdf&limit=100&offset=0
    {"path":"a.pdf","state":"versioned","document_id":"d-a.pdf","workflow_id":"w3","error":null,"document_version_id":"v3","size":5,"modified":"2026-02-23T11:00:00.000Z","sha256":"a7949e623819aa32baf4c32d0457e275b4eff130ec61f43cf284ffdef26efcf4","attempts":2}
    ! a.pdf: Lost the connection to api.knowledgestack.ai: it was closed. Trying again
    ! Uploaded 0, new versions 1, skipped 0, failed 0
    exit 0"
  `);
});

test('a folder whose answer was lost is looked for, and made only where it is not there', async () => {
  folder.put('one/b.pdf');
  const folders = `GET /v1/folders?parent_path_part_id=${USER}&limit=100&offset=0`;
  const made = list({ name: 'one', path_part_id: 'p-one' });
  const below = { 'GET /v1/documents?parent_path_part_id=p-one&limit=100&offset=0': NOTHING };
  const stubs = { [LIST]: NOTHING, [INGEST]: [uploaded('a.pdf'), uploaded('b.pdf')] };
  const there = await folder.bulk('-f id-only', {
    ...stubs,
    ...below,
    [folders]: [NOTHING, made],
    'POST /v1/folders': LOST,
  });
  expect(there).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > GET /v1/folders?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/folders
    > GET /v1/folders?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > GET /v1/documents?parent_path_part_id=p-one&limit=100&offset=0
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    d-a.pdf
    d-b.pdf
    ! Uploaded 2, skipped 0, failed 0
    exit 0"
  `);
  const taken = { ...stubs, [folders]: [NOTHING, made], 'POST /v1/folders': { status: 409 } };
  // Whoever was first may have uploaded something too.
  const full = { 'GET /v1/documents?parent_path_part_id=p-one&limit=100&offset=0': list(documentOf('b.pdf', 'b.pdf')) };
  expect(await folder.bulk('-f id-only', { ...taken, ...full, [INGEST]: uploaded('a.pdf') })).toEndWith(
    '! Uploaded 1, skipped 1, failed 0\nexit 0',
  );
  const again = { [folders]: [NOTHING, NOTHING], 'POST /v1/folders': [LOST, { json: { path_part_id: 'p-one' } }] };
  expect(
    await folder.bulk('-f id-only', { ...stubs, ...again }),
  ).toEndWith(`! one: Lost the connection to api.knowledgestack.ai: it was closed. Trying again
! Uploaded 2, skipped 0, failed 0
exit 0`);
});
