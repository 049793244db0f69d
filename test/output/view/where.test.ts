// --where and --sort-by: which rows are shown, and in which order. The server is asked for nothing else than before.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../../kscli.ts';

const LIST = 'GET /v1/tags?limit=20&offset=0';
const ROWS = [
  {
    id: 1,
    name: 'Jahresübersicht',
    size: 10,
    done: true,
    at: '2026-02-23T12:00:00Z',
    tags: [{ name: 'a' }, { name: 'b' }],
  },
  { id: 2, name: 'annual report', size: 9, done: false, at: '2026-02-23T12:00:00.5Z', tags: [] },
  { id: 3, name: 'null', size: null, at: '2026-02-23T14:00:00+03:00', owner: { email: 'a@example.com' } },
  { id: 4, name: '', done: null, owner: null },
];

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const list = (flags: string, items: readonly object[] = ROWS) =>
  home.kscli(`tags list ${flags}`, { [LIST]: { json: { items, total: 340, limit: 20 } } });

/** The ids of the rows that are shown. */
async function listIds(flags: string, items?: readonly object[]): Promise<string> {
  const shown = await list(`${flags} --limit 20 -f id-only`, items);
  return [...shown.matchAll(/^\d+$/gm)].join(' ');
}

test.each([
  ["'name=annual report'", '2'],
  ['name=Annual', ''],
  ['name!=null', '1 2 4'],
  ['name=', '4'],
  ['name!=', '1 2 3'],
  ['size=10', '1'],
  ['size=1e1', '1'],
  ['size=10.0', '1'],
  ['size!=9', '1 3 4'],
  ['size=', '3 4'],
  ['size=null', '3 4'],
  ['size!=null', '1 2'],
  ['done=true', '1'],
  ['done=false', '2'],
  ['done=', '3 4'],
  ['name~REPORT', '2'],
  ["'name~JAHRESU\u0308'", '1'],
  ["'name ~ übersicht'", '1'],
  ['size~1', '1'],
  ['tags.name=b', '1'],
  ['tags.name!=b', '2 3 4'],
  ['tags=[]', '2'],
  ['\'tags~"b"\'', '1'],
  ['owner.email=a@example.com', '3'],
  ['owner.email=', '1 2 4'],
  ['\'owner={"email": "a@example.com"}\'', '3'],
  ['name!=null --where size!=', '1 2'],
  ['name!=null --where size!= --where done=true', '1'],
])('--where %s holds for %s', async (condition, ids) => {
  expect(await listIds(`--where ${condition}`)).toBe(ids);
});

test.each([
  ['id:desc', '4 3 2 1'],
  ['id:asc', '1 2 3 4'],
  ['size', '2 1 3 4'],
  ['size:desc', '1 2 3 4'],
  ['done', '2 1 3 4'],
  ['at', '3 1 2 4'],
  ['at:desc', '2 1 3 4'],
  ['name', '4 1 2 3'],
  ['owner.email', '3 1 2 4'],
])('--sort-by %s gives %s', async (order, ids) => {
  expect(await listIds(`--sort-by ${order}`)).toBe(ids);
});

test('numbers are compared by all of their digits', async () => {
  const text = '[9007199254740993, 9007199254740992, 1e400, -1e400, 0.1, 0.10, 9007199254740992.5, -0, 0e5]';
  const numbers = text.slice(1, -1).split(', ');
  const rows = numbers.map((number, at) => `{"id": ${at}, "n": ${number}}`);
  const stubs = { [LIST]: { text: `{"items": [${rows}], "total": 9}` } };
  const shown = await home.kscli('tags list --limit 20 --sort-by n --columns n -f csv -H', stubs);
  expect(shown.split('\r\n').slice(0, -1).join(' ')).toEndWith(
    '\n-1e400 -0 0e5 0.1 0.10 9007199254740992 9007199254740992.5 9007199254740993 1e400',
  );
  const equal = await home.kscli('tags list --limit 20 --where n=9007199254740993.0 -f id-only', stubs);
  expect(equal).toContain('\n0\n! 1 of 9 rows.\n');
});

test('texts are sorted by code points, and rows of one value stay as they were', async () => {
  const names = ['b', 'a', 'B', '\u{1f600}', '\uff01', 'a', 'ä', 'ab', '2026-02-23'];
  const rows = names.map((name, id) => ({ id, name }));
  expect(await listIds('--sort-by name', rows)).toBe('8 2 1 5 7 0 6 4 3');
});

test('values of several kinds have one order', async () => {
  const values = [[1], 'x', '2026-02-23T12:00:00Z', 5, true, false, null, { a: 1 }];
  const rows = values.map((name, id) => ({ id, name }));
  expect(await listIds('--sort-by name', rows)).toBe('5 4 3 2 1 0 7 6');
});

test.each(['table', 'json', 'jsonl', 'csv', 'id-only', 'tree'])('the rows that hold, as %s', async (format) => {
  expect(
    await list(
      `--where size!= --sort-by size --columns id,size -f ${format}`.replace(/--columns id,size (?=-f (id|tree))/, ''),
    ),
  ).toMatchSnapshot();
});

test('a list that holds no such row says so', async () => {
  expect(await list('--where name=nobody')).toMatchInlineSnapshot(`
    "$ kscli tags list --where name=nobody
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    No results.
    ! 0 of 4 rows.
    ! 4 of 340. --all shows the rest.
    exit 0"
  `);
});

const page = (offset: number) => `GET /v1/tags?limit=2&offset=${offset}`;
const pages = {
  [page(0)]: { json: { items: ROWS.slice(0, 2), total: 4 } },
  [page(2)]: { json: { items: ROWS.slice(2), total: 4 } },
};

test.each([
  'jsonl',
  'json',
  'csv --columns id,size',
  'table --columns id,size',
  'id-only --sort-by id:desc',
  'json --sort-by id:desc --columns id',
])('all pages with conditions, as %s', async (format) => {
  expect(await home.kscli(`tags list --all -l 2 --where name!= -f ${format}`, pages)).toMatchSnapshot();
});

test.each([['--where nmae=x'], ['--where weather=x'], ['--sort-by nmae'], ['--sort-by weather:desc']])(
  'a key that no row has is wrong usage: %s',
  async (flags) => {
    expect(await list(`${flags} -f jsonl`)).toMatchSnapshot();
  },
);

test.each([
  '--where name',
  '--where =x',
  '--where name==x',
  '--where name~',
  '--where size>5',
  '--where name!~x',
  '--sort-by name:down',
  '--sort-by :desc',
  "--sort-by ''",
  '--sort-by=-name',
])('nothing is sent for %s', async (flags) => {
  expect(await home.kscli(`tags list ${flags}`)).toMatchSnapshot();
});

test.each(['--where name=x', '--sort-by name'])('one object has no rows to choose from: %s', async (flags) => {
  const id = '00000000-0000-0000-0003-000000000001';
  const stubs = { [`GET /v1/tags/${id}`]: { json: { id, name: 'x' } } };
  expect(await home.kscli(`tags describe ${id} ${flags}`, stubs)).toMatchSnapshot();
});

test('a condition never reaches a command that changes something', async () => {
  expect(await home.kscli('tags delete 00000000-0000-0000-0003-000000000001 --where name=x')).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-000000000001 --where name=x
    ! Error: Unknown option --where
    ! Usage: kscli tags delete <tag-id>... [options]
    exit 64"
  `);
});

test('a word that is a condition leads to --where', async () => {
  expect(await home.kscli('tags list name=x')).toMatchInlineSnapshot(`
    "$ kscli tags list name=x
    ! Error: Unexpected argument 'name=x'
    ! Did you mean --where name=x?
    ! Usage: kscli tags list [options]
    exit 64"
  `);
});
