// What is a list, and whether it is whole: known from the command, said in every format.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

const ID = '00000000-0000-0000-0003-000000000001';
const FORMATS = ['table', 'json', 'jsonl', 'yaml', 'csv', 'tsv', 'id-only', 'tree'];
const TAG = `GET /v1/tags/${ID}`;
const FOLDERS = 'GET /v1/folders?limit=20&offset=0';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

function rows(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, path_part_id: `p-${index}`, name: 'n' }));
}

async function listMessages(line: string, query: string, json: object): Promise<string[]> {
  const shown = await home.kscli(line, { [`GET /v1/folders?${query}`]: { json } });
  expect(shown).toEndWith('\nexit 0');
  return shown.split('\n').filter((text) => text.startsWith('! '));
}

test.each(FORMATS)('a part of a list says so as %s', async (format) => {
  const line = `folders list -f ${format}`;
  expect(await listMessages(line, 'limit=20&offset=0', { items: rows(20), total: 50 })).toEqual([
    '! 20 of 50. --all shows the rest.',
  ]);
  expect(await listMessages(line, 'limit=20&offset=0', { items: rows(20) })).toEqual([
    '! 20 rows, perhaps not all. --all shows the rest.',
  ]);
  expect(await listMessages(line, 'limit=20&offset=0', { items: rows(20), total: 20 })).toEqual([]);
  expect(await listMessages(line, 'limit=20&offset=0', { items: rows(19) })).toEqual([]);
});

test.each([
  ['--limit 20', 'limit=20&offset=0'],
  ['-l 5', 'limit=5&offset=0'],
  ['--offset 0', 'limit=20&offset=0'],
])('who asks for a part with %s is told nothing', async (flags, query) => {
  expect(await listMessages(`folders list ${flags}`, query, { items: rows(5), total: 50 })).toEqual([]);
});

test('--all goes in the largest steps, or in those that were asked for', async () => {
  const json = { items: rows(7), total: 7 };
  expect(await listMessages('folders list --all', 'limit=100&offset=0', json)).toEqual([]);
  expect(await listMessages('folders list --all --limit 20', 'limit=20&offset=0', json)).toEqual([]);
});

test('contents of a version, whose page is the server’s choice, say so too', async () => {
  const stubs = { [`GET /v1/document_versions/${ID}/contents`]: { json: { items: rows(2), total: 3 } } };
  expect(await home.kscli(`document-versions contents ${ID} -f id-only`, stubs)).toMatchInlineSnapshot(`
    "$ kscli document-versions contents 00000000-0000-0000-0003-000000000001 -f id-only
    > GET /v1/document_versions/00000000-0000-0000-0003-000000000001/contents | cookie: ks_uat=<token>
    p-0
    p-1
    ! 2 of 3. --all shows the rest.
    exit 0"
  `);
});

test.each(FORMATS)('an object that has a key `items` is an object as %s', async (format) => {
  const json = { id: ID, items: [{ id: 'x' }], total: 7 };
  expect(await home.kscli(`tags describe ${ID} -f ${format}`, { [TAG]: { json } })).toMatchSnapshot();
});

test.each(FORMATS)('an empty list as %s', async (format) => {
  expect(
    await home.kscli(`folders list -f ${format}`, { [FOLDERS]: { json: { items: [], total: 0 } } }),
  ).toMatchSnapshot();
});

test('rows that hang on nothing are a table, also where a tree was asked for', async () => {
  const users = { items: [{ user_id: ID, email: 'a@example.com', role: 'USER' }], total: 1 };
  const route = `GET /v1/tenants/${ID}/users?limit=20&offset=0`;
  expect(await home.kscli(`tenants list-users ${ID} -f tree`, { [route]: { json: users } })).toMatchInlineSnapshot(`
    "$ kscli tenants list-users 00000000-0000-0000-0003-000000000001 -f tree
    > GET /v1/tenants/00000000-0000-0000-0003-000000000001/users?limit=20&offset=0 | cookie: ks_uat=<token>
    ┌──────────────────────────────────────┬───────────────┬──────┬────────────┬────────────────┐
    │ USER_ID                              │ EMAIL         │ ROLE │ CREATED_AT │ DEACTIVATED_ON │
    ├──────────────────────────────────────┼───────────────┼──────┼────────────┼────────────────┤
    │ 00000000-0000-0000-0003-000000000001 │ a@example.com │ USER │ -          │ -              │
    └──────────────────────────────────────┴───────────────┴──────┴────────────┴────────────────┘

    Total: 1
    exit 0"
  `);
});

test('a tree of nothing is not nothing', async () => {
  const chunks = { items: [{ part_type: 'CHUNK', path_part_id: 'a', name: 'c1' }], total: 1 };
  const stubs = { [`GET /v1/document_versions/${ID}/contents`]: { json: chunks } };
  expect(await home.kscli(`document-versions contents ${ID} -f tree --sections-only`, stubs)).toMatchInlineSnapshot(`
    "$ kscli document-versions contents 00000000-0000-0000-0003-000000000001 -f tree --sections-only
    > GET /v1/document_versions/00000000-0000-0000-0003-000000000001/contents | cookie: ks_uat=<token>
    No results.
    exit 0"
  `);
  expect(await home.kscli(`tags describe ${ID} -f tree`, { [TAG]: { json: {} } })).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-000000000001 -f tree
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    {}
    exit 0"
  `);
});

const ODD = `{"__proto__": {"a": 1}, "constructor": 1, "toString": 1, "valueOf": 2, "hasOwnProperty": 3,
  "id": {"toString": 1}, "path_part_id": {"toString": 2}, "name": {"toString": 1, "toJSON": 2}, "content": {"valueOf": 1},
  "part_type": "CHUNK", "\\ud800": "\\udfff"}`;

test.each(FORMATS)('keys that JavaScript knows and broken characters are data as %s', async (format) => {
  const list = `{"items": [${ODD}, null, 5, [1], "x"], "total": {"toString": 1}}`;
  const routes: [string, string, string][] = [
    [`tags describe ${ID}`, TAG, ODD],
    ['folders list', FOLDERS, list],
    ['folders list --all', 'GET /v1/folders?limit=100&offset=0', list],
    [`document-versions contents ${ID} --show-content`, `GET /v1/document_versions/${ID}/contents`, list],
  ];
  for (const [line, route, text] of routes) {
    for (const place of [{}, { isTerminal: true, width: 50 }])
      expect(await home.kscli(`${line} -f ${format}`, { [route]: { text } }, place)).toEndWith('\nexit 0');
  }
});
