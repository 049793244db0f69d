// kscli snapshot: what is asked, and what lies in the directory afterwards, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';
import { DOCUMENT, document, folder, page, ROUTES, readAll, snapshot, VERSION, whole } from './site.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const at = (name: string) => join(home.directory, name);
const chunk = (number: number, content: string) => ({ path_part_id: `chunk ${number}`, part_type: 'CHUNK', content });

test('the tree, the versions and the permissions, and nothing that passes', async () => {
  expect(await home.kscli('snapshot ~/monday', whole())).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/my-group | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/00000000-0000-0000-0006-000000000001/permissions?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001/contents?max_depth=1000&sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/document_versions?document_id=00000000-0000-0000-0004-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    Snapshot in ~/monday: 2 folders and documents, 2 versions.
    This user may not see everything: unseen.jsonl there names 1 refusal.
    exit 0"
  `);
  expect(readAll(at('monday'))).toMatchSnapshot('files');
});

test('it is for its owner alone', async () => {
  await snapshot(home, '~/monday', whole());
  const modes = ['monday', ...Object.keys(readAll(at('monday'))).map((name) => `monday/${name}`)].map(
    (name) => `${name} ${(statSync(at(name)).mode & 0o777).toString(8)}`,
  );
  expect(modes).toMatchInlineSnapshot(`
    [
      "monday 700",
      "monday/manifest.json 600",
      "monday/permissions.jsonl 600",
      "monday/run.json 600",
      "monday/tree.jsonl 600",
      "monday/unseen.jsonl 600",
      "monday/versions.jsonl 600",
    ]
  `);
});

test('taken again it is the same but for run.json, in whatever order the server gives rows and keys', async () => {
  const items = [document(2, '/shared/b'), document(1, '/shared/a'), folder(2, '/shared')];
  const turned = items.toReversed().map((row) => Object.fromEntries(Object.entries(row).toReversed()));
  const second = ROUTES.versions.replace(DOCUMENT, document(2, '').id);
  await snapshot(home, '~/monday', { ...whole({ contents: page(...items) }), [second]: page() });
  await snapshot(home, '~/tuesday', { ...whole({ contents: page(...turned) }), [second]: page() }, { now: 1e12 });
  const [{ 'run.json': first, ...monday }, { 'run.json': other, ...tuesday }] = [
    readAll(at('monday')),
    readAll(at('tuesday')),
  ];
  expect(tuesday).toEqual(monday);
  expect(first).not.toEqual(other);
});

test('--content adds what is in the versions, in the order of the text', async () => {
  const later = ROUTES.chunks.replace(VERSION, VERSION.replace(/1$/, '2'));
  const stubs = { ...whole({ chunks: page(chunk(2, 'first'), chunk(1, 'second')) }), [later]: page() };
  expect(await snapshot(home, '~/monday --content', stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday --content
    > me, own, groups, ofGroup, folders, documents, contents, versions, chunks
    > GET /v1/document_versions/00000000-0000-0000-0005-000000000002/contents?limit=100&offset=0 | cookie: ks_uat=<token>
    Snapshot in ~/monday: 2 folders and documents, 2 versions, 2 sections and chunks.
    This user may not see everything: unseen.jsonl there names 1 refusal.
    exit 0"
  `);
  expect(readAll(at('monday'))['contents.jsonl']).toMatchInlineSnapshot(`
    "{"content":"first","part_type":"CHUNK","path_part_id":"chunk 2","version_id":"00000000-0000-0000-0005-000000000001"}
    {"content":"second","part_type":"CHUNK","path_part_id":"chunk 1","version_id":"00000000-0000-0000-0005-000000000001"}
    "
  `);
});

test('what the user may not see is told, and recorded', async () => {
  const refused = { status: 403, json: { detail: 'No' } };
  const gone = { status: 404, json: { detail: 'Document not found' } };
  const stubs = whole({ documents: refused, versions: gone, groups: refused, ofGroup: undefined });
  expect(await snapshot(home, '~/monday', stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > me, own, groups, folders, documents, contents, versions
    Snapshot in ~/monday: 2 folders and documents, 0 versions.
    This user may not see everything: unseen.jsonl there names 4 refusals.
    exit 0"
  `);
  expect(readAll(at('monday'))['unseen.jsonl']).toMatchInlineSnapshot(`
    "{"of":"top","part":"documents","why":"permission-denied"}
    {"of":"groups","part":"permissions","why":"permission-denied"}
    {"of":"user","part":"permissions","why":"permission-denied"}
    {"document_id":"00000000-0000-0000-0004-000000000001","materialized_path":"/shared/2026.pdf","part":"versions","why":"not-found"}
    "
  `);
});

test('numbers keep their digits, and links that pass are left out at any depth', async () => {
  const text = `{"items": [{"id": "v", "version": 10, "score": 12345678901234567890.10, "2": {"asset_s3_url": "x"}, "1": []}]}`;
  await snapshot(home, '~/monday', whole({ versions: { text } }));
  expect(readAll(at('monday'))['versions.jsonl']).toBe(
    `{"1":[],"2":{},"document_id":"${DOCUMENT}","id":"v","score":12345678901234567890.10,"version":10}\n`,
  );
});

test('an empty directory is taken, where it is for its owner alone', async () => {
  mkdirSync(at('monday'), { mode: 0o700 });
  expect(await snapshot(home, '~/monday -f id-only', whole())).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday -f id-only
    > me, own, groups, ofGroup, folders, documents, contents, versions
    tree.jsonl
    versions.jsonl
    permissions.jsonl
    unseen.jsonl
    exit 0"
  `);
});
