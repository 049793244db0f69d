// Paths in place of ids: what is asked for them, what is sent, and what the questions say.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home, type Stubs } from '../kscli.ts';
import { A, B, found, REPORTS, search } from './rows.ts';

const TERMINAL = { isTerminal: true, env: { NO_COLOR: '1' } };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('a path stands where the id of a folder does', async () => {
  const stubs = { [search('reports')]: found(REPORTS), [`GET /v1/folders/${A}`]: { json: REPORTS } };
  expect(await home.kscli('folders describe /shared/reports -f id-only', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders describe /shared/reports -f id-only
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    00000000-0000-0000-0003-00000000000a
    exit 0"
  `);
});

test('a path stands where a path part is wanted, under the simple name of the flag and under the old one', async () => {
  const stubs = { [search('reports')]: found(REPORTS), 'POST /v1/folders': { status: 201, json: { id: 'new' } } };
  for (const flag of ['--under', '-p', '--parent-path-part-id']) {
    const line = `folders create -n 2026 ${flag} /shared/reports -f id-only`;
    expect(await home.kscli(line, stubs)).toBe(`$ kscli ${line}
> ${search('reports')} | cookie: ks_uat=<token>
> POST /v1/folders | cookie: ks_uat=<token> | {"name":"2026","parent_path_part_id":"${B}"}
new
exit 0`);
  }
});

test('a path that is typed twice is asked for once, and ids beside it stay as they are', async () => {
  const stubs = { [search('reports')]: found(REPORTS), 'POST /v1/chunks/search': { json: [] } };
  const line = `chunks search -q x --under /shared/reports --under ${A} --under /shared/reports`;
  expect(await home.kscli(line, stubs)).toMatchInlineSnapshot(`
    "$ kscli chunks search -q x --under /shared/reports --under 00000000-0000-0000-0003-00000000000a --under /shared/reports
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0 | cookie: ks_uat=<token>
    > POST /v1/chunks/search | cookie: ks_uat=<token> | {"query":"x","top_k":10,"parent_path_ids":["00000000-0000-0000-0003-00000000000b","00000000-0000-0000-0003-00000000000a","00000000-0000-0000-0003-00000000000b"]}
    No results.
    exit 0"
  `);
});

test('the top is the whole where no parent means the same, and has no id elsewhere', async () => {
  const stubs = { 'GET /v1/folders?limit=20&offset=0': found() };
  expect(await home.kscli('folders list --under /', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders list --under /
    > GET /v1/folders?limit=20&offset=0 | cookie: ks_uat=<token>
    No results.
    exit 0"
  `);
  expect(await home.kscli('folders delete /')).toMatchInlineSnapshot(`
    "$ kscli folders delete /
    ! Error: The top has no id that can stand for a folder. Name what is in it
    ! Usage: kscli folders delete <folder-id>... [options]
    exit 64"
  `);
});

test('a delete asks with the path and the id that it led to', async () => {
  const stubs: Stubs = {
    [search('reports')]: found(REPORTS),
    [`GET /v1/folders/${A}`]: { json: REPORTS },
    [`GET /v1/folders/${A}/contents?limit=1`]: { json: { items: [{}], total: 101 } },
  };
  expect(
    await home.kscli('folders delete /shared/reports', stubs, { ...TERMINAL, stdin: 'n\n' }),
  ).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/reports
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?limit=1 | cookie: ks_uat=<token>
    ! Delete folder /shared/reports (00000000-0000-0000-0003-00000000000a, 101 items) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
});

test('where the subject cannot be named, the question has the path that was typed', async () => {
  const stubs = { [search('reports')]: found(REPORTS), [`GET /v1/folders/${A}`]: { status: 403, json: {} } };
  expect(
    await home.kscli('folders delete /shared/reports', stubs, { ...TERMINAL, stdin: 'n\n' }),
  ).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/reports
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Delete folder /shared/reports (00000000-0000-0000-0003-00000000000a) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
});

test('a question that the server leads to has the path too', async () => {
  const stubs = {
    [search('reports')]: found(REPORTS),
    [`GET /v1/path-parts/${B}/tags`]: { json: { tags: [{ id: B, name: 'urgent' }] } },
  };
  const line = `tags attach ${A} --path-part-id /shared/reports --only`;
  expect(await home.kscli(line, stubs, { ...TERMINAL, stdin: 'n\n' })).toMatchInlineSnapshot(`
    "$ kscli tags attach 00000000-0000-0000-0003-00000000000a --path-part-id /shared/reports --only
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000b/tags | cookie: ks_uat=<token>
    ! Remove the tag urgent from path part /shared/reports (00000000-0000-0000-0003-00000000000b) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
});

test('only reading: a path is resolved for a read, and nothing is asked for a change', async () => {
  const stubs = { [search('reports')]: found(REPORTS), [`GET /v1/folders/${A}`]: { json: REPORTS } };
  expect(await home.kscli('folders describe /shared/reports --read-only -f id-only', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders describe /shared/reports --read-only -f id-only
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    00000000-0000-0000-0003-00000000000a
    exit 0"
  `);
  expect(await home.kscli('folders delete /shared/reports --read-only')).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/reports --read-only
    ! Error: Refused: DELETE /v1/folders/{folder_id} would change something, and only reading is allowed
    ! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
    exit 1"
  `);
});
