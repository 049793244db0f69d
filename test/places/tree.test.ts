// kscli tree: from the top or from a folder on, level by level.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { A, B, C, contents, document, folder, page, TOP } from './contents.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

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
  expect(await home.kscli('tree', top('..'))).toMatchInlineSnapshot(`
    "$ kscli tree
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: '..' cannot be a part of a path. Nothing was sent
    exit 1"
  `);
  const stubs = { ...top('a/\ud800?b'), [contents('a%2F%EF%BF%BD%3Fb', 2)]: page([]) };
  expect(await home.kscli('tree', stubs)).toMatchInlineSnapshot(`
    "$ kscli tree
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/a%2F%EF%BF%BD%3Fb/contents?max_depth=2&limit=100&offset=0 | cookie: ks_uat=<token>
    ├── Reports/
    └── notes.txt
    exit 0"
  `);
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
