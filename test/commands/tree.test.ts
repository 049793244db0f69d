// The tree from the top or from a folder on, and the documents of all folders in one list.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home, type Stubs } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const B = '00000000-0000-0000-0003-00000000000b';
const C = '00000000-0000-0000-0003-00000000000c';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const folder = (name: string, id: string, parent: string | null = null) => ({
  part_type: 'FOLDER',
  id,
  path_part_id: `part of ${id}`,
  name,
  parent_path_part_id: parent && `part of ${parent}`,
});
const document = (name: string, parent: string | null = null) => ({
  ...folder(name, name, parent),
  part_type: 'DOCUMENT',
});
const page = (rows: object[], total = rows.length) => ({ json: { items: rows, total, limit: 100, offset: 0 } });
const contents = (id: string, depth: number, more = '') =>
  `GET /v1/folders/${id}/contents?max_depth=${depth}${more}&limit=100&offset=0`;

const TOP: Stubs = {
  'GET /v1/folders?limit=100&offset=0': page([folder('Reports', A), folder('Empty', B)]),
  'GET /v1/documents?limit=100&offset=0': page([document('notes.txt')]),
};

test('without a folder, it begins at the top and opens each folder there', async () => {
  const stubs = {
    ...TOP,
    [contents(A, 2)]: page([folder('2026', C, A), document('q1.pdf', C), document('a.pdf', A)]),
    [contents(B, 2)]: page([]),
  };
  expect(await home.kscli('tree', stubs)).toMatchInlineSnapshot(`
    "$ kscli tree
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?max_depth=2&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000b/contents?max_depth=2&limit=100&offset=0 | cookie: ks_uat=<token>
    ├── Reports/
    │   ├── 2026/
    │   │   └── q1.pdf
    │   └── a.pdf
    ├── Empty/
    └── notes.txt
    exit 0"
  `);
});

test('an id of the server leads nowhere else, and may hold what no URL can', async () => {
  const top = (id: string) => ({ ...TOP, 'GET /v1/folders?limit=100&offset=0': page([folder('Reports', id)]) });
  expect(await home.kscli('tree', top('..'))).toEndWith(
    "! Error: '..' cannot be a part of a path. Nothing was sent\nexit 1",
  );
  const stubs = { ...top('a/\ud800?b'), [contents('a%2F%EF%BF%BD%3Fb', 2)]: page([]) };
  expect(await home.kscli('tree', stubs)).toEndWith('└── notes.txt\nexit 0');
});

test('the last level is told where folders stand on it', async () => {
  expect(await home.kscli('tree / --depth 1', TOP)).toMatchInlineSnapshot(`
    "$ kscli tree / --depth 1
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?limit=100&offset=0 | cookie: ks_uat=<token>
    ├── Reports/
    ├── Empty/
    └── notes.txt
    ! Folders on level 1 are not opened. --depth 2 shows more.
    exit 0"
  `);
});

test('a folder is read to its last page, in the order that was asked for', async () => {
  const rows = Array.from({ length: 100 }, (_, at) => document(`d${at}`, A));
  const first = contents(A, 3, '&sort_order=NAME');
  const stubs = {
    [first]: page(rows, 101),
    [first.replace('offset=0', 'offset=100')]: page([document('d100', A)], 101),
  };
  const transcript = await home.kscli(`tree ${A} --sort-order NAME -f id-only`, stubs);
  expect(transcript.split('\n').slice(3)).toEqual([...rows.map(({ id }) => id), 'd100', 'exit 0']);
});

test('json is one list of all rows', async () => {
  const stubs = { ...TOP, [contents(A, 1)]: page([document('a.pdf', A)]), [contents(B, 1)]: page([]) };
  const transcript = await home.kscli('tree --depth 2 -f json', stubs);
  const data = JSON.parse(transcript.slice(transcript.indexOf('\n{'), transcript.lastIndexOf('\nexit')));
  expect(data.items.map((row: { name: string }) => row.name)).toEqual(['Reports', 'Empty', 'notes.txt', 'a.pdf']);
  expect(data.total).toBe(4);
});

test('rows that hang in a circle come to an end', async () => {
  const stubs = { [contents(A, 3)]: page([folder('x', B, C), folder('y', C, B)]) };
  expect(await home.kscli(`tree ${A}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tree 00000000-0000-0000-0003-00000000000a
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?max_depth=3&limit=100&offset=0 | cookie: ks_uat=<token>
    ├── x/
    └── y/
    ! Folders on level 3 are not opened. --depth 4 shows more.
    exit 0"
  `);
});

test('columns make a table of the tree, and conditions leave rows out', async () => {
  const stubs = { [contents(A, 3)]: page([folder('2026', C, A), document('q1.pdf', C), document('a.pdf', A)]) };
  expect(await home.kscli(`tree ${A} --columns name,part_type --where name~pdf`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tree 00000000-0000-0000-0003-00000000000a --columns name,part_type --where name~pdf
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?max_depth=3&limit=100&offset=0 | cookie: ks_uat=<token>
    ┌────────┬───────────┐
    │ NAME   │ PART_TYPE │
    ├────────┼───────────┤
    │ q1.pdf │ DOCUMENT  │
    │ a.pdf  │ DOCUMENT  │
    └────────┴───────────┘
    ! 2 of 3 rows.
    exit 0"
  `);
  expect(await home.kscli(`tree ${A} --where part_type=FOLDER`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tree 00000000-0000-0000-0003-00000000000a --where part_type=FOLDER
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?max_depth=3&limit=100&offset=0 | cookie: ks_uat=<token>
    └── 2026/
    ! 1 of 3 rows.
    exit 0"
  `);
});

test('names cannot steer the terminal', async () => {
  const stubs = { [contents(A, 3)]: page([folder('\u001b[2Jx\n└── y', C, A)]) };
  const transcript = await home.kscli(`tree ${A}`, stubs, { isTerminal: true, width: 80, env: { NO_COLOR: '1' } });
  expect(transcript.split('\n').slice(2)).toEqual(['└── x └── y/', 'exit 0']);
});

test.each([
  ['tree --depth 0', "--depth: '0' is less than 1"],
  ['tree x', "<folder>: 'x' is not a UUID, nor a path like /shared/reports"],
  [`tree ${A} ${B}`, `Unexpected argument '${B}'`],
])('%s is wrong usage, and nothing is sent', async (line, complaint) => {
  expect(await home.kscli(line)).toBe(
    `$ kscli ${line}\n! Error: ${complaint}\n! Usage: kscli tree [folder] [options]\nexit 64`,
  );
});

test('documents of all folders are one list, with their paths', async () => {
  const place = { ...document('q1.pdf', C), materialized_path: '/Reports/2026/q1.pdf' };
  const stubs = { ...TOP, [contents(A, 999)]: page([folder('2026', C, A), place]), [contents(B, 999)]: page([]) };
  expect(await home.kscli('documents list --recursive', stubs)).toMatchInlineSnapshot(`
    "$ kscli documents list --recursive
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?max_depth=999&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000b/contents?max_depth=999&limit=100&offset=0 | cookie: ks_uat=<token>
    ┌───────────┬───────────┬──────────────────────┬───────────────┬────────────┐
    │ ID        │ NAME      │ MATERIALIZED_PATH    │ DOCUMENT_TYPE │ UPDATED_AT │
    ├───────────┼───────────┼──────────────────────┼───────────────┼────────────┤
    │ notes.txt │ notes.txt │ -                    │ -             │ -          │
    │ q1.pdf    │ q1.pdf    │ /Reports/2026/q1.pdf │ -             │ -          │
    └───────────┴───────────┴──────────────────────┴───────────────┴────────────┘

    Total: 2
    exit 0"
  `);
});

test('limit and offset count over all folders, and nothing is asked behind the last row', async () => {
  const part = { json: { path_part_id: B, part_type: 'FOLDER', metadata_obj_id: A } };
  const stubs = {
    [`GET /v1/path-parts/${B}`]: part,
    [contents(A, 1000, '&with_tags=true')]: page([document('1'), folder('f', C, A), document('2'), document('3')], 300),
  };
  const line = `documents list --recursive --under ${B} --with-tags --offset 1 --limit 2 -f id-only`;
  expect(await home.kscli(line, stubs)).toMatchInlineSnapshot(`
    "$ kscli documents list --recursive --under 00000000-0000-0000-0003-00000000000b --with-tags --offset 1 --limit 2 -f id-only
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000b | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?max_depth=1000&with_tags=true&limit=100&offset=0 | cookie: ks_uat=<token>
    2
    3
    exit 0"
  `);
});

test('the path part of a document holds no documents', async () => {
  const part = { json: { path_part_id: B, part_type: 'DOCUMENT', metadata_obj_id: A } };
  expect(
    await home.kscli(`documents list --recursive --under ${B}`, { [`GET /v1/path-parts/${B}`]: part }),
  ).toMatchInlineSnapshot(`
    "$ kscli documents list --recursive --under 00000000-0000-0000-0003-00000000000b
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000b | cookie: ks_uat=<token>
    ! Error: Not found: 00000000-0000-0000-0003-00000000000b is no folder's path part
    exit 3"
  `);
});

test('the contents of a document are those of its active version', async () => {
  const stubs = {
    [`GET /v1/documents/${A}`]: { json: { id: A, active_version_id: B } },
    [`GET /v1/document_versions/${B}/contents`]: { json: { items: [], total: 0 } },
  };
  expect(await home.kscli(`documents contents ${A}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli documents contents 00000000-0000-0000-0003-00000000000a
    > GET /v1/documents/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/document_versions/00000000-0000-0000-0003-00000000000b/contents | cookie: ks_uat=<token>
    No results.
    exit 0"
  `);
  const none = { [`GET /v1/documents/${A}`]: { json: { id: A, active_version_id: null } } };
  expect(await home.kscli(`documents contents ${A}`, none)).toMatchInlineSnapshot(`
    "$ kscli documents contents 00000000-0000-0000-0003-00000000000a
    > GET /v1/documents/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Error: The server named no version id
    exit 1"
  `);
});
