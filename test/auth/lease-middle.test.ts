// A lease that ends in the middle of a command: the command stops there, as for any lost session.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, NOW } from '../kscli.ts';
import { ENDING, SLOWLY } from './lease.ts';

const LIST = 'GET /v1/tags?limit=20&offset=0';
const INGEST = 'POST /v1/documents/ingest';
const UPLOADED = { json: { document_id: 'd', workflow_id: 'w' } };

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep(credentialsFields(ENDING));
});
afterEach(() => home.remove());

/** Without the requests of uploads, whose bodies are streams, and without the ids. */
function shorten(transcript: string): string {
  return transcript.replaceAll(USER, '<id>').replaceAll(home.directory, '~');
}

const page = (offset: number) => ({ json: { items: [{ id: `tag ${offset}` }], total: 5 } });

test('list --all stops before the next page', async () => {
  const pages = { 'GET /v1/tags?limit=1&offset=0': page(0), 'GET /v1/tags?limit=1&offset=1': page(1) };
  expect(await home.kscli('tags list --all -l 1 -f id-only', pages, SLOWLY)).toMatchInlineSnapshot(`
    "$ kscli tags list --all -l 1 -f id-only
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=1&offset=1 | cookie: ks_uat=<token>
    tag 0
    tag 1
    ! Warning: The lease of this session ends in 90 seconds, at 2026-02-23T11:01:30+00:00.
    ! Error: The lease of this session ended at 2026-02-23T11:01:30+00:00. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 --for 1h1m30s --reason …
    exit 2"
  `);
  expect(home.kept()).not.toContainKeys(['token', 'admin_api_key']);
});

test('api --paginate stops before the next page', async () => {
  const pages = { 'GET /v1/tags?limit=1&offset=0': page(0), 'GET /v1/tags?limit=1&offset=1': page(1) };
  expect(await home.kscli('api /v1/tags?limit=1 --paginate', pages, SLOWLY)).toMatchInlineSnapshot(`
    "$ kscli api /v1/tags?limit=1 --paginate
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=1&offset=1 | cookie: ks_uat=<token>
    {"items":[{"id":"tag 0"}],"total":5}
    {"items":[{"id":"tag 1"}],"total":5}<no newline>
    ! Warning: The lease of this session ends in 90 seconds, at 2026-02-23T11:01:30+00:00.
    ! Error: The lease of this session ended at 2026-02-23T11:01:30+00:00. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 --for 1h1m30s --reason …
    exit 2"
  `);
});

test('bulk-ingest stops with what is left, and says what was uploaded', async () => {
  const docs = join(home.directory, 'docs');
  mkdirSync(docs);
  for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) writeFileSync(join(docs, name), name);
  const line = `folders bulk-ingest ${docs} --path-part-id ${USER} --parallel 1`;
  const listed = {
    [`GET /v1/documents?parent_path_part_id=${USER}&limit=100&offset=0`]: { json: { items: [], total: 0 } },
  };
  // The second upload begins in time, and is cut off before its first byte.
  const shown = await home.kscli(line, { ...listed, [INGEST]: [UPLOADED, UPLOADED] }, { clockStep: 40_000 });
  expect(shorten(shown)).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest ~/docs --path-part-id <id> --parallel 1
    > GET /v1/documents?parent_path_part_id=<id>&limit=100&offset=0 | cookie: ks_uat=<token>
    > POST /v1/documents/ingest | cookie: ks_uat=<token> | path_part_id=<id> name=a.pdf file=@a.pdf (5 bytes)
    > POST /v1/documents/ingest | cookie: ks_uat=<token> | <form>
    ┌───────┬──────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE    │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼──────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ uploaded │ d           │ w           │ -     │
    │ b.pdf │ planned  │ -           │ -           │ -     │
    │ c.pdf │ planned  │ -           │ -           │ -     │
    └───────┴──────────┴─────────────┴─────────────┴───────┘

    Uploaded 1, skipped 0, failed 0, left 2
    ! Warning: The lease of this session ends in 90 seconds, at 2026-02-23T11:01:30+00:00.
    ! Error: The lease of this session ended at 2026-02-23T11:01:30+00:00. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id <id> --for 1h1m30s --reason …
    exit 2"
  `);
  expect(home.kept()).not.toContainKeys(['token', 'admin_api_key']);
});

test('--wait stops between two looks, with the ids of what was uploaded', async () => {
  writeFileSync(join(home.directory, 'a.pdf'), 'a');
  const line = `documents ingest --file ${join(home.directory, 'a.pdf')} --path-part-id ${USER} --wait`;
  const shown = await home.kscli(
    line,
    { [INGEST]: [UPLOADED], 'GET /v1/workflows/document_versions/w': [{ json: { status: 'running' } }] },
    { clockStep: 44_000 },
  );
  expect(shorten(shown)).toMatchInlineSnapshot(`
    "$ kscli documents ingest --file ~/a.pdf --path-part-id <id> --wait
    > POST /v1/documents/ingest | cookie: ks_uat=<token> | path_part_id=<id> name=a.pdf file=@a.pdf (1 bytes)
    > GET /v1/workflows/document_versions/w | cookie: ks_uat=<token>
    ┌─────────────┬───────┐
    │ Key         │ Value │
    ├─────────────┼───────┤
    │ document_id │ d     │
    │ workflow_id │ w     │
    └─────────────┴───────┘
    ! Warning: The lease of this session ends in 90 seconds, at 2026-02-23T11:01:30+00:00.
    ! Error: The lease of this session ended at 2026-02-23T11:01:30+00:00. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id <id> --for 1h1m30s --reason …
    exit 2"
  `);
});

test('a request is not repeated, however it failed', async () => {
  const busy = { status: 503, headers: { 'retry-after': '20' } };
  const options = { now: NOW + 80_000 };
  expect(await home.kscli('tags list', { [LIST]: [busy] }, options)).toMatchInlineSnapshot(`
    "$ kscli tags list
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    ! Warning: The lease of this session ends in 10 seconds, at 2026-02-23T11:01:30+00:00.
    ! 503, trying again in 20 s
    ! Error: The lease of this session ended at 2026-02-23T11:01:30+00:00. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 --for 1h1m30s --reason …
    exit 2"
  `);
  expect(home.kept()).not.toContainKeys(['token', 'admin_api_key']);
});

test('a 401 after the end renews nothing', async () => {
  const shown = await home.kscli('tags list', { [LIST]: [{ status: 401 }] }, { clockStep: 90_000 });
  expect(shown).toMatchInlineSnapshot(`
    "$ kscli tags list
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    ! Warning: The lease of this session ends in 90 seconds, at 2026-02-23T11:01:30+00:00.
    ! Error: The lease of this session ended at 2026-02-23T11:01:30+00:00. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 --for 1h1m30s --reason …
    exit 2"
  `);
  expect(home.kept()).not.toContainKeys(['token', 'admin_api_key']);
});

test('an answer that comes after the end is shown: it was asked for before', async () => {
  expect(await home.kscli('tags list -f id-only', { [LIST]: page(0) }, { clockStep: 90_000 })).toMatchInlineSnapshot(`
    "$ kscli tags list -f id-only
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    tag 0
    ! Warning: The lease of this session ends in 90 seconds, at 2026-02-23T11:01:30+00:00.
    ! 1 of 5. --all shows the rest.
    exit 0"
  `);
});
