// kscli snapshot: one that could not be taken whole is never taken for a whole one, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENDING, SLOWLY } from '../auth/lease.ts';
import { createHome, credentialsFields, type Home } from '../kscli.ts';
import { document, FOLDER_PART, folder, page, ROUTES, readAll, snapshot, whole } from './site.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const at = (name: string) => join(home.directory, name);
const tellMisuse = (words: string, complaint: string) => `$ kscli snapshot ${words}
! Error: ${complaint}
! Usage: kscli snapshot <directory> [options]
exit 64`;
const BROKEN = { status: 500, json: { detail: 'broken' } };

test('a server that fails in the middle leaves a part that says so', async () => {
  const stubs = whole({ versions: BROKEN });
  expect(await snapshot(home, '~/monday', stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > me, own, groups, ofGroup, folders, documents, contents, versions
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
  home.keep(credentialsFields(ENDING));
  const stubs = { [ROUTES.me]: { json: {} }, [ROUTES.own]: page() };
  expect(await snapshot(home, '~/monday', stubs, SLOWLY)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > me, own
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
  expect(await snapshot(home, '~/monday', stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > me, own, groups, ofGroup, folders
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
  expect(await snapshot(home, '~/monday', { ...stubs, ...pages })).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > me, own, groups, ofGroup, folders, documents, contents
    > GET /v1/folders/00000000-0000-0000-0003-000000000001/contents?max_depth=1000&sort_order=CREATED_AT&limit=100&offset=1 | cookie: ks_uat=<token>
    > versions
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
  expect(await snapshot(home, '~/monday', stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday
    > me, own, groups, ofGroup, folders
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
  const refused = [
    ['full', 'is not empty. Name a new one'],
    ['file', 'exists already, and is no directory'],
    ['open', 'exists already, and is not for you alone. Name a new one'],
    ['link', 'exists already, and is no directory'],
    ['loose/new', 'cannot be kept from others: ~/loose can be written by other users'],
    ['missing/new', 'cannot be made: no such directory'],
  ];
  for (const [name, why] of refused)
    expect(await snapshot(home, `~/${name}`)).toBe(tellMisuse(`~/${name}`, `<directory>: '~/${name}' ${why}`));
});

test.each([
  ['', 'Missing <directory>'],
  ['a b', "Unexpected argument 'b'"],
  ['a --under x', "--under: 'x' is not a UUID, nor a path like /shared/reports"],
  ['a --content=yes', '--content takes no value'],
])('wrong usage: snapshot %s', async (words, complaint) => {
  expect(await snapshot(home, words)).toBe(tellMisuse(words, complaint));
});

test('things that are no place to begin', async () => {
  const section = { json: { ancestors: [{ path_part_id: FOLDER_PART, part_type: 'SECTION', metadata_obj_id: 'x' }] } };
  const asked = { [`GET /v1/path-parts/${FOLDER_PART}/ancestry`]: section };
  expect(await snapshot(home, `~/monday --under ${FOLDER_PART}`, asked)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday --under 00000000-0000-0000-0003-000000000009
    > GET /v1/path-parts/00000000-0000-0000-0003-000000000009/ancestry | cookie: ks_uat=<token>
    ! Error: --under: 00000000-0000-0000-0003-000000000009 is a SECTION. A snapshot begins at a folder or a document
    ! Usage: kscli snapshot <directory> [options]
    exit 64"
  `);
  const refused = { status: 403, json: { detail: 'No' } };
  const stubs = { [`GET /v1/path-parts/${FOLDER_PART}/ancestry`]: refused };
  expect(await snapshot(home, `~/monday --under ${FOLDER_PART}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli snapshot ~/monday --under 00000000-0000-0000-0003-000000000009
    > GET /v1/path-parts/00000000-0000-0000-0003-000000000009/ancestry | cookie: ks_uat=<token>
    ! Error: Permission denied: No
    exit 1"
  `);
});
