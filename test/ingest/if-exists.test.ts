// kscli folders bulk-ingest --if-exists: what becomes of a file of which a document of the same name is there.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { USER } from '../backend/server.ts';
import { createFolder, documentOf, type Folder, hashOf, INGEST, LIST, list, NOTHING, uploaded } from './folder.ts';

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
  folder.put('a.pdf');
});
afterEach(() => folder.remove());

const versions = (name: string) => `GET /v1/document_versions?document_id=d-${name}&limit=100&offset=0`;
const NEW_VERSION = 'POST /v1/documents/d-a.pdf/ingest';
const versioned = { json: { document_id: 'd-a.pdf', document_version_id: 'v2-a.pdf', workflow_id: 'w2' } };

function versionOf(number: number, contents: string | undefined): object {
  const system_metadata = contents === undefined ? null : { hash: hashOf(contents) };
  return { id: `v${number}-a.pdf`, version: number, system_metadata };
}

const there = (contents: string | undefined, ...others: object[]) => ({
  [LIST]: list(documentOf('a.pdf', contents), ...others),
});

test('skip: it is left alone, which is what happens unasked', async () => {
  expect(await folder.bulk('-f id-only', there('other'))).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ! Uploaded 0, skipped 1, failed 0
    exit 0"
  `);
});

test('fail: it has failed, and the document is named', async () => {
  expect(await folder.bulk('--if-exists fail -f id-only', there('a.pdf'))).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ! Error: a.pdf: A document of this name is there: d-a.pdf
    ! Uploaded 0, skipped 0, failed 1
    exit 1"
  `);
});

test('version: it becomes a new version of the document', async () => {
  const stubs = { ...there('a.pdf'), [versions('a.pdf')]: list(versionOf(1, 'a.pdf')), [NEW_VERSION]: versioned };
  expect(await folder.bulk('--if-exists version', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > GET /v1/document_versions?document_id=d-a.pdf&limit=100&offset=0
    > POST /v1/documents/d-a.pdf/ingest
    ┌───────┬───────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE     │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼───────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ versioned │ d-a.pdf     │ w2          │ -     │
    └───────┴───────────┴─────────────┴─────────────┴───────┘

    Uploaded 0, new versions 1, skipped 0, failed 0
    exit 0"
  `);
});

test('version: of two documents of the name nobody knows which is meant', async () => {
  const stubs = there('a.pdf', documentOf('a.pdf', 'x', 'another'));
  expect(await folder.bulk('--if-exists version -f id-only', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ! Error: a.pdf: Conflict: 2 documents of this name are there: d-a.pdf, another
    ! Uploaded 0, skipped 0, failed 1
    exit 1"
  `);
});

test('compare: the same contents are skipped, other ones become a new version', async () => {
  expect(await folder.bulk('--if-exists compare -f id-only', there('a.pdf'))).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    d-a.pdf
    ! Uploaded 0, skipped 1, failed 0
    exit 0"
  `);
  const stubs = {
    ...there('x'),
    [`${versions('a.pdf')}`]: list(versionOf(1, 'x')),
    [NEW_VERSION]: versioned,
  };
  expect(await folder.bulk('--if-exists compare -f id-only', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > GET /v1/document_versions?document_id=d-a.pdf&limit=100&offset=0
    > POST /v1/documents/d-a.pdf/ingest
    d-a.pdf
    ! Uploaded 0, new versions 1, skipped 0, failed 0
    exit 0"
  `);
});

test('compare: the newest version counts, though its contents are still being made', async () => {
  const stubs = { ...there('x'), [versions('a.pdf')]: list(versionOf(1, 'x'), versionOf(2, 'a.pdf')) };
  expect(await folder.bulk('--if-exists compare -f id-only', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > GET /v1/document_versions?document_id=d-a.pdf&limit=100&offset=0
    d-a.pdf
    ! Uploaded 0, skipped 1, failed 0
    exit 0"
  `);
});

test('compare: an older version of the same contents is not what is there', async () => {
  const known = list(versionOf(1, 'a.pdf'), versionOf(2, 'x'));
  const stubs = { ...there('x'), [versions('a.pdf')]: known, [NEW_VERSION]: versioned };
  expect(await folder.bulk('--if-exists compare -f id-only', stubs)).toContain(`> ${NEW_VERSION}\n`);
});

const UNKNOWN: readonly [what: string, metadata: object | null][] = [
  ['nothing', null],
  ['null', { hash: null }],
  ['something else', { hash: 'abc' }],
  ['a number', { hash: 5 }],
];

test.each(UNKNOWN)(
  'compare: where the server keeps %s for a hash, nothing is the same',
  async (_what, system_metadata) => {
    const document = { ...documentOf('a.pdf', undefined), active_version: { id: 'v', version: 1, system_metadata } };
    const known = list({ id: 'v', version: 1, system_metadata });
    const stubs = { [LIST]: list(document), [versions('a.pdf')]: known, [NEW_VERSION]: versioned };
    expect(await folder.bulk('--if-exists compare -f id-only', stubs)).toEndWith(`> ${NEW_VERSION}
d-a.pdf
! Warning: a.pdf could not be compared, since the server keeps no SHA-256 of what is there. Sent as a new version.
! Uploaded 0, new versions 1, skipped 0, failed 0
exit 0`);
  },
);

test('a dry run compares too, and sends nothing', async () => {
  folder.put('b.pdf', 'c.pdf');
  const stubs = {
    [LIST]: list(documentOf('a.pdf', 'a.pdf'), documentOf('b.pdf', 'x')),
    'GET /v1/document_versions?document_id=d-b.pdf&limit=100&offset=0': NOTHING,
  };
  expect(await folder.bulk('--if-exists compare --dry-run', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > GET /v1/document_versions?document_id=d-b.pdf&limit=100&offset=0
    ┌───────┬─────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE   │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼─────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ skipped │ d-a.pdf     │ -           │ -     │
    │ b.pdf │ planned │ -           │ -           │ -     │
    │ c.pdf │ planned │ -           │ -           │ -     │
    └───────┴─────────┴─────────────┴─────────────┴───────┘

    Uploaded 0, skipped 1, failed 0, to upload 2
    exit 0"
  `);
});

test('an unknown rule is wrong usage', async () => {
  expect(await folder.bulk('--if-exists overwrite', {})).toContain(
    "! Error: --if-exists: 'overwrite' is not one of skip, version, fail, compare\n",
  );
});

test('the settings of the new version go with it, its name does not', async () => {
  const line = `folders bulk-ingest ${folder.path} --path-part-id ${USER} --if-exists version -f id-only`;
  const stubs = { ...there('a.pdf'), [versions('a.pdf')]: list(versionOf(1, 'a.pdf')), [NEW_VERSION]: versioned };
  expect(await folder.home.kscli(line, stubs)).toContain(
    `> ${NEW_VERSION} | cookie: ks_uat=<token> | file=@a.pdf (5 bytes)\n`,
  );
  expect(await folder.bulk('-f id-only', { [LIST]: NOTHING, [INGEST]: uploaded('a.pdf') })).toContain(`> ${INGEST}\n`);
});
