// kscli snapshot: one that could not be taken whole is never taken for a whole one, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, credentialsFields, type Home } from '../kscli.ts';
import { document, FOLDER_PART, folder, page, ROUTES, readAll, whole } from './site.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const at = (name: string) => join(home.directory, name);
const BROKEN = { status: 500, json: { detail: 'broken' } };

test('a server that fails in the middle leaves a part that says so', async () => {
  const stubs = whole({ versions: BROKEN });
  expect(await home.kscli('snapshot ~/monday', stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/my-group | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/00000000-0000-0000-0006-000000000001/permissions?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001/contents?max_depth=1000&sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/document_versions?document_id=00000000-0000-0000-0004-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Server error: 500: broken
    ! ~/monday holds a part of the snapshot, without manifest.json. Remove it, and take it again.
    exit 1"
  `);
  const { INCOMPLETE, ...others } = readAll(at('monday'));
  expect(INCOMPLETE).toMatchInlineSnapshot(`
    "This snapshot is not whole: it has no manifest.json. Remove the directory, and take it again.
    "
  `);
  expect(Object.keys(others)).toEqual(['tree.jsonl']);
});

test('a lease that ends in the middle does too', async () => {
  home.keep(credentialsFields({ started_at: '2026-02-23T10:00:00+00:00', lease_until: '2026-02-23T11:01:30+00:00' }));
  const stubs = { [ROUTES.me]: { json: {} }, [ROUTES.own]: page() };
  expect(await home.kscli('snapshot ~/monday', stubs, { clockStep: 60_000 })).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    ! Warning: The lease of this session ends in 90 seconds, at 2026-02-23T11:01:30+00:00.
    ! Error: The lease of this session ended at 2026-02-23T11:01:30+00:00. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 --for 1h1m30s --reason …
    ! ~/monday holds a part of the snapshot, without manifest.json. Remove it, and take it again.
    exit 2"
  `);
  expect(Object.keys(readAll(at('monday')))).not.toContain('manifest.json');
});

test('a list that ends before its total is a hole', async () => {
  const short = { json: { items: [folder(1, '/shared')], total: 2 } };
  const second = ROUTES.folders.replace('offset=0', 'offset=1');
  const stubs = whole({ folders: short, documents: undefined, contents: undefined, versions: undefined });
  Object.assign(stubs, { [second]: { json: { items: [], total: 2 } } });
  expect(await home.kscli('snapshot ~/monday', stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/my-group | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/00000000-0000-0000-0006-000000000001/permissions?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?sort_order=CREATED_AT&limit=100&offset=1 | cookie: ks_uat=<token>
    ! Error: The server ends the list at 1 of 2 rows.
    ! ~/monday holds a part of the snapshot, without manifest.json. Remove it, and take it again.
    exit 1"
  `);
});

test('a tree that changes meanwhile is told', async () => {
  const [first, second] = [ROUTES.contents, ROUTES.contents.replace('offset=0', 'offset=1')];
  const row = document(1, '/shared/2026.pdf');
  const stubs = whole({ contents: undefined });
  const pages = {
    [first]: { json: { items: [row], total: 2 } },
    [second]: { json: { items: [{ ...row, name: 'moved' }], total: 2 } },
  };
  expect(await home.kscli('snapshot ~/monday', { ...stubs, ...pages })).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/my-group | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/00000000-0000-0000-0006-000000000001/permissions?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001/contents?max_depth=1000&sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001/contents?max_depth=1000&sort_order=CREATED_AT&limit=100&offset=1 | cookie: ks_uat=<token>
    > GET /v1/document_versions?document_id=00000000-0000-0000-0004-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    Snapshot in ~/monday: 2 folders and documents, 2 versions.
    This user may not see everything: unseen.jsonl there names 1 refusal.
    ! Warning: The tree changed while it was read: rows may be missing, or older than others.
    exit 0"
  `);
  expect(JSON.parse(readAll(at('monday'))['run.json'] ?? '')).toMatchObject({ changed_meanwhile: true });
});

test('rows without ids are an error', async () => {
  const rest = { documents: undefined, contents: undefined, versions: undefined };
  const stubs = whole({ folders: page({ part_type: 'FOLDER' }), ...rest });
  expect(await home.kscli('snapshot ~/monday', stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/my-group | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/00000000-0000-0000-0006-000000000001/permissions?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?sort_order=CREATED_AT&limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: The server named no id of a row
    ! ~/monday holds a part of the snapshot, without manifest.json. Remove it, and take it again.
    exit 1"
  `);
});

test('nothing is asked for a directory that cannot be used', async () => {
  mkdirSync(at('full'), { mode: 0o700 });
  writeFileSync(at('full/x'), '');
  writeFileSync(at('file'), '');
  mkdirSync(at('open'));
  chmodSync(at('open'), 0o755);
  mkdirSync(at('loose'));
  chmodSync(at('loose'), 0o777);
  symlinkSync(at('elsewhere'), at('link'));
  for (const name of ['full', 'file', 'open', 'link', 'loose/new', 'missing/new'])
    expect(await home.kscli(`snapshot ~/${name}`)).toMatchSnapshot(name);
});

test('wrong usage, and things that are no place to begin', async () => {
  for (const line of ['', ' a b', ' a --under x', ' a --content=yes'])
    expect(await home.kscli(`snapshot${line}`)).toMatchSnapshot(line);
  const section = { json: { ancestors: [{ path_part_id: FOLDER_PART, part_type: 'SECTION', metadata_obj_id: 'x' }] } };
  const asked = { [`GET /v1/path-parts/${FOLDER_PART}/ancestry`]: section };
  expect(await home.kscli(`snapshot ~/monday --under ${FOLDER_PART}`, asked)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday --under 00000000-0000-0000-0003-000000000009
    > GET /v1/path-parts/00000000-0000-0000-0003-000000000009/ancestry | cookie: ks_uat=<token>
    ! Error: --under: 00000000-0000-0000-0003-000000000009 is a SECTION. A snapshot begins at a folder or a document
    ! Usage: kscli snapshot <directory> [options]
    exit 64"
  `);
  const refused = { status: 403, json: { detail: 'No' } };
  const stubs = { [`GET /v1/path-parts/${FOLDER_PART}/ancestry`]: refused };
  expect(await home.kscli(`snapshot ~/monday --under ${FOLDER_PART}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday --under 00000000-0000-0000-0003-000000000009
    > GET /v1/path-parts/00000000-0000-0000-0003-000000000009/ancestry | cookie: ks_uat=<token>
    ! Error: Permission denied: No
    exit 1"
  `);
});
