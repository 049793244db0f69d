// How contents are made is said with every file, for new documents and new versions alike.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';
import { documentOf, list, uploaded } from './folder.ts';

const PART = '00000000-0000-0000-0003-000000000001';
const DOCUMENT = '00000000-0000-0000-0003-00000000000d';
const DOCUMENTS = `GET /v1/documents?parent_path_part_id=${PART}&limit=100&offset=0`;
const VERSIONS = `GET /v1/document_versions?document_id=${DOCUMENT}&limit=100&offset=0`;
const FLAGS = '--ingestion-mode standard --chunk-type HTML --secondary-taxonomy flowchart --page-dpi 216';
const PARTS = 'ingestion_mode=standard chunk_type=HTML secondary_taxonomy=flowchart page_dpi=216 file=@';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
  mkdirSync(join(home.directory, 'docs'));
  for (const name of ['a.pdf', 'b.pdf']) writeFileSync(join(home.directory, 'docs', name), name);
});
afterEach(() => home.remove());

test('every file is sent with the flags, a new version too', async () => {
  const line = `folders bulk-ingest ~/docs --path-part-id ${PART} --if-exists version ${FLAGS} -f id-only`;
  const transcript = await home.kscli(line, {
    [DOCUMENTS]: list(documentOf('a.pdf', 'old', DOCUMENT)),
    [VERSIONS]: list({ id: 'v1', version: 1 }),
    [`POST /v1/documents/${DOCUMENT}/ingest`]: uploaded('a.pdf'),
    'POST /v1/documents/ingest': uploaded('b.pdf'),
  });
  const sent = transcript.split('\n').filter((text) => text.startsWith('> POST'));
  expect(sent.toSorted()).toEqual([
    `> POST /v1/documents/${DOCUMENT}/ingest | cookie: ks_uat=<token> | ${PARTS}a.pdf (5 bytes)`,
    `> POST /v1/documents/ingest | cookie: ks_uat=<token> | path_part_id=${PART} name=b.pdf ${PARTS}b.pdf (5 bytes)`,
  ]);
  expect(transcript).toEndWith('exit 0');
});

test('a value that the server does not take is refused before anything is sent', async () => {
  expect(await home.kscli(`folders bulk-ingest ~/docs --path-part-id ${PART} --page-dpi 300`)).toContain(
    "! Error: --page-dpi: '300' is more than 216\n",
  );
});
