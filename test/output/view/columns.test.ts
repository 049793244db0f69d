// --columns: which keys of the rows are shown, in which order, by one name in every format.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../../kscli.ts';

const LIST = 'GET /v1/tags?limit=20&offset=0';
const ONE = 'GET /v1/tags/00000000-0000-0000-0003-000000000001';
const ROWS = {
  items: [
    {
      id: 't-1',
      name: 'urgent',
      owner: { email: 'a@example.com', 'last.seen': 1 },
      parts: [{ id: 'p-1' }, { id: 'p-2' }],
    },
    { id: 't-2', name: null, owner: null, parts: [] },
    { id: 't-3', owner: {}, parts: [{ id: 'p-3' }] },
  ],
  total: 3,
};

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const list = (flags: string, json: object = ROWS) => home.kscli(`tags list ${flags}`, { [LIST]: { json } });

test.each(['table', 'csv', 'tsv', 'json', 'jsonl', 'yaml'])('columns of a list as %s', async (format) => {
  expect(await list(`--columns name,owner.email,parts.id -f ${format}`)).toMatchSnapshot();
});

test('blanks around a name are none of it, and dots may be in a key itself', async () => {
  expect(await list("--columns 'owner.last.seen, parts.0.id,id' -f jsonl")).toMatchInlineSnapshot(`
    "$ kscli tags list --columns 'owner.last.seen, parts.0.id,id' -f jsonl
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    {"owner.last.seen":1,"parts.0.id":"p-1","id":"t-1"}
    {"owner.last.seen":null,"id":"t-2"}
    {"parts.0.id":"p-3","id":"t-3"}
    exit 0"
  `);
});

test('--all goes page by page with its columns', async () => {
  const page = (offset: number) => `GET /v1/tags?limit=1&offset=${offset}`;
  const answer = (row: object) => ({ json: { items: [row], total: 2 } });
  const stubs = { [page(0)]: answer({ id: 1, name: 'a' }), [page(1)]: answer({ id: 2, name: 'b' }) };
  const line = 'tags list --all -l 1 --columns name,id';
  for (const format of ['json', 'jsonl', 'csv', 'table']) {
    expect(await home.kscli(`${line} -f ${format}`, stubs)).toMatchSnapshot();
  }
});

test.each(['table', 'csv', 'json'])('columns of one object as %s', async (format) => {
  const line = `tags describe 00000000-0000-0000-0003-000000000001 --columns owner,name -f ${format}`;
  expect(await home.kscli(line, { [ONE]: { json: ROWS.items[0] } })).toMatchSnapshot();
});

test('a number keeps its digits and a key of digits its place', async () => {
  const text = '{"items": [{"b": 9007199254740993, "10": 1.0, "2": {"9": 1, "1": 2}}], "total": 1}';
  const shown = await home.kscli('tags list --columns b,10,2 -f jsonl', { [LIST]: { text } });
  expect(shown).toContain('\n{"b":9007199254740993,"10":1.0,"2":{"9":1,"1":2}}\n');
  const json = await home.kscli('tags list --columns b,10,2 -f json', { [LIST]: { text } });
  expect(json).toContain('"b": 9007199254740993,\n      "10": 1.0,\n      "2": {\n        "9": 1,\n        "1": 2');
});

test.each([
  ['nam', 'id,nam'],
  ['NAME', 'NAME'],
  ['owner.emial', 'owner.emial'],
])('a column that is nearly one is wrong usage: %s', async (_name, columns) => {
  expect(await list(`--columns ${columns} -f jsonl`)).toMatchSnapshot();
});

test('a column that no row has is wrong usage, once all rows have been seen', async () => {
  expect(await list('--columns id,weather -f jsonl')).toMatchInlineSnapshot(`
    "$ kscli tags list --columns id,weather -f jsonl
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    ! Error: --columns: 'weather' is not a column here
    ! --columns help lists them.
    ! Usage: kscli tags list [options]
    exit 64"
  `);
  expect(await list('--columns weather')).toMatchInlineSnapshot(`
    "$ kscli tags list --columns weather
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    ! Error: --columns: 'weather' is not a column here
    ! --columns help lists them.
    ! Usage: kscli tags list [options]
    exit 64"
  `);
});

test('a column that the first rows lack may come later, and below null nobody can know', async () => {
  const json = { items: [{ id: 1 }, { id: 2, error: 'x' }, { id: 3, owner: null }], total: 3 };
  expect(await list('--columns id,error,owner.email -f csv', json)).toMatchInlineSnapshot(`
    "$ kscli tags list --columns id,error,owner.email -f csv
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    id,error,owner.email
    1,,
    2,x,
    3,,
    exit 0"
  `);
});

test('a column of the command itself is one, also where no row has it and where there are no rows', async () => {
  expect(await list('--columns id,color -f csv', { items: [{ id: 1 }], total: 1 })).toEndWith(
    '\nid,color\r\n1,\r\nexit 0',
  );
  expect(await list('--columns id,weather -f csv', { items: [], total: 0 })).toEndWith('\nid,weather\r\nexit 0');
  expect(await list('--columns id,weather', { items: [], total: 0 })).toEndWith('\nNo results.\nexit 0');
});

test('help lists the columns', async () => {
  expect(await list('--columns help')).toMatchInlineSnapshot(`
    "$ kscli tags list --columns help
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    id
    name
    color
    description
    created_at
    owner.email
    owner.last.seen
    parts.id
    owner
    parts
    exit 0"
  `);
  expect(await list('--columns help -f json', { items: [], total: 0 })).toMatchInlineSnapshot(`
    "$ kscli tags list --columns help -f json
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    [
      "id",
      "name",
      "color",
      "description",
      "created_at"
    ]
    exit 0"
  `);
});

test('help asks for the first page alone', async () => {
  const stubs = { 'GET /v1/tags?limit=100&offset=0': { json: { items: [{ id: 1, a: { b: 1 } }], total: 900 } } };
  expect(await home.kscli('tags list --all --columns help -f jsonl', stubs)).toMatchInlineSnapshot(`
    "$ kscli tags list --all --columns help -f jsonl
    > GET /v1/tags?limit=100&offset=0 | cookie: ks_uat=<token>
    "id"
    "name"
    "color"
    "description"
    "created_at"
    "a.b"
    exit 0"
  `);
});

test.each([
  ['--columns id,,name', 'an empty name'],
  ['--columns id,name,id', 'a name twice'],
  ["--columns ''", 'nothing'],
  ['--columns id -f id-only', 'ids'],
  ['--columns id -f tree', 'a tree'],
])('nothing is sent for %s', async (flags) => {
  expect(await home.kscli(`tags list ${flags}`)).toMatchSnapshot();
});

test('a command that changes something has no columns', async () => {
  expect(await home.kscli('tags create --name x --columns id')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --columns id
    ! Error: Unknown option --columns
    ! Usage: kscli tags create --name <text> [options]
    exit 64"
  `);
});
