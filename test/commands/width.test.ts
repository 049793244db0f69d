// Lists and objects on terminals: an id is never broken, text breaks at words, and what is too wide becomes blocks.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import fc from 'fast-check';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home, token } from '../kscli.ts';

const id = (digit: string) => `00000000-0000-0000-0003-00000000000${digit}`;
const TAGS = 'GET /v1/tags?limit=20&offset=0';
const TAG = `GET /v1/tags/${id('1')}`;
const ROWS = [
  {
    id: id('1'),
    name: 'urgent',
    color: 'ff8800',
    description: 'For what cannot wait until the end of the month, as agreed with the customer in March',
    created_at: '2026-02-23T12:00:00Z',
  },
  { id: id('2'), name: '機密', color: '000000', description: `see ${id('a')}`, created_at: '2026-02-23T12:00:00Z' },
];
const LIST = { [TAGS]: { json: { items: ROWS, total: 2 } } };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('text breaks at words where a list fits so', async () => {
  expect(await home.kscli('tags list', LIST, { isTerminal: true, width: 140 })).toMatchInlineSnapshot(`
    "$ kscli tags list
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    ┌──────────────────────────────────────┬────────┬────────┬──────────────────────────────────────────────────────────┬──────────────────────┐
    │ ID                                   │ NAME   │ COLOR  │ DESCRIPTION                                              │ CREATED_AT           │
    ├──────────────────────────────────────┼────────┼────────┼──────────────────────────────────────────────────────────┼──────────────────────┤
    │ 00000000-0000-0000-0003-000000000001 │ urgent │ ff8800 │ For what cannot wait until the end of the month, as      │ 2026-02-23T12:00:00Z │
    │                                      │        │        │ agreed with the customer in March                        │                      │
    │ 00000000-0000-0000-0003-000000000002 │ 機密   │ 000000 │ see 00000000-0000-0000-0003-00000000000a                 │ 2026-02-23T12:00:00Z │
    └──────────────────────────────────────┴────────┴────────┴──────────────────────────────────────────────────────────┴──────────────────────┘

    Total: 2
    exit 0"
  `);
});

test('a list that does not fit is shown one record a block, under a line with its number', async () => {
  expect(await home.kscli('tags list', LIST, { isTerminal: true, width: 80 })).toMatchInlineSnapshot(`
    "$ kscli tags list
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    ── 1 ───────────────────────────────────────────────────────────────────────────
    id           00000000-0000-0000-0003-000000000001
    name         urgent
    color        ff8800
    description  For what cannot wait until the end of the month, as agreed with the
                 customer in March
    created_at   2026-02-23T12:00:00Z
    ── 2 ───────────────────────────────────────────────────────────────────────────
    id           00000000-0000-0000-0003-000000000002
    name         機密
    color        000000
    description  see 00000000-0000-0000-0003-00000000000a
    created_at   2026-02-23T12:00:00Z

    Total: 2
    exit 0"
  `);
});

test('where an id does not fit beside its key, it stands below, in every record', async () => {
  expect(await home.kscli('tags list -H', LIST, { isTerminal: true, width: 40 })).toMatchInlineSnapshot(`
    "$ kscli tags list -H
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    ── 1 ───────────────────────────────────
    id
      00000000-0000-0000-0003-000000000001
    name         urgent
    color        ff8800
    description
      For what cannot wait until the end of
      the month, as agreed with the customer
      in March
    created_at   2026-02-23T12:00:00Z
    ── 2 ───────────────────────────────────
    id
      00000000-0000-0000-0003-000000000002
    name         機密
    color        000000
    description
      see
      00000000-0000-0000-0003-00000000000a
    created_at   2026-02-23T12:00:00Z

    Total: 2
    exit 0"
  `);
});

test('the values of an object break at words too', async () => {
  const stubs = { [TAG]: { json: ROWS[0] } };
  expect(await home.kscli(`tags describe ${id('1')}`, stubs, { isTerminal: true, width: 60 })).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-000000000001
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    ┌─────────────┬────────────────────────────────────────────┐
    │ Key         │ Value                                      │
    ├─────────────┼────────────────────────────────────────────┤
    │ id          │ 00000000-0000-0000-0003-000000000001       │
    │ name        │ urgent                                     │
    │ color       │ ff8800                                     │
    │ description │ For what cannot wait until the end of the  │
    │             │ month, as agreed with the customer in      │
    │             │ March                                      │
    │ created_at  │ 2026-02-23T12:00:00Z                       │
    └─────────────┴────────────────────────────────────────────┘
    exit 0"
  `);
});

test('an object that does not fit is a block without a number', async () => {
  const stubs = { [TAG]: { json: ROWS[0] } };
  expect(await home.kscli(`tags describe ${id('1')}`, stubs, { isTerminal: true, width: 40 })).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-000000000001
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    id
      00000000-0000-0000-0003-000000000001
    name         urgent
    color        ff8800
    description  For what cannot wait until
                 the end of the month, as
                 agreed with the customer in
                 March
    created_at   2026-02-23T12:00:00Z
    exit 0"
  `);
});

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const anyText = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.lorem({ maxCount: 4 }) },
      fc.uuid(),
      fc.uuid().map((uuid) => `s3://bucket/${uuid}/a.pdf`),
      fc.constantFrom('二零二六年度财务报告', '✔️✔️✔️', '👩‍👩‍👧', 'e\u0301', '\n', '   ', '\ud800', 'x'.repeat(50)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(' '));
const anyRow = fc.record({ id: fc.uuid(), name: anyText, color: fc.constant('ff8800'), description: anyText });

const COLUMNS = ['id', 'name', 'color', 'description', 'created_at'] as const;
type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

/** Without what separates: what is left must be the same. */
function squeeze(text: string): string {
  return text.replace(/[\s─]/g, '').replaceAll('\ud800', '\ufffd');
}

function readTable(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.startsWith('│'));
  expect(new Set(lines.map((line) => Bun.stringWidth(line))).size).toBe(1);
  return COLUMNS.map((_, column) => squeeze(lines.map((line) => line.split('│')[column + 1]).join('')));
}

test('at any width every UUID is whole, every character is there, and a table keeps to the width', async () => {
  const shape = fc.tuple(fc.array(anyRow, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 250 }));
  await fc.assert(
    fc.asyncProperty(shape, async ([rows, width]) => {
      const items: Row[] = rows;
      const shown = await home.kscli('tags list', { [TAGS]: { json: { items } } }, { isTerminal: true, width });
      const text = shown
        .split('<token>')
        .slice(1)
        .join('')
        .replace(/exit 0$/, '');
      for (const [uuid] of JSON.stringify(items).matchAll(UUID)) expect(text).toContain(uuid);
      const cells = COLUMNS.map((key) => items.map((row) => row[key] || '-'));
      if (text.includes('┌')) {
        expect(Bun.stringWidth(text.trim().split('\n')[0] ?? '')).toBeLessThanOrEqual(width);
        expect(readTable(text)).toEqual(
          cells.map((column, at) => `${COLUMNS[at]?.toUpperCase()}${squeeze(column.join(''))}`),
        );
      } else {
        const blocks = items.map((_, row) => `${row + 1}${COLUMNS.map((key, at) => key + cells[at]?.[row]).join('')}`);
        expect(squeeze(text)).toBe(squeeze(blocks.join('')));
      }
    }),
    { numRuns: 500 },
  );
});

test('the names of a tree break at words, beside their branches', async () => {
  const items = [
    { path_part_id: 'a', name: `Reports of the northern region, ${id('1')}` },
    { path_part_id: 'b', parent_path_part_id: 'a', name: `Figures by quarter, ${id('2')}` },
    { path_part_id: 'c', name: 'Plans' },
  ];
  const stubs = { 'GET /v1/folders?limit=20&offset=0': { json: { items } } };
  expect(await home.kscli('folders list -f tree', stubs, { isTerminal: true, width: 45 })).toMatchInlineSnapshot(`
    "$ kscli folders list -f tree
    > GET /v1/folders?limit=20&offset=0 | cookie: ks_uat=<token>
    ├── Reports of the northern region,
    │   00000000-0000-0000-0003-000000000001
    │   └── Figures by quarter,
    │       00000000-0000-0000-0003-000000000002
    └── Plans
    exit 0"
  `);
});

/** What a terminal shows in each of its rows. */
function listRows(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []);
}

test('a question, a message and a sentence stay one line each, which the terminal breaks between words', async () => {
  const place = { isTerminal: true, width: 60, env: { NO_COLOR: '1' } };
  const folder = {
    [`GET /v1/folders/${id('1')}`]: { json: { name: 'Reports' } },
    [`GET /v1/folders/${id('1')}/contents?limit=1`]: { json: { items: [], total: 7 } },
  };
  const asked = await home.kscli(`folders delete ${id('1')}`, folder, place);
  expect(listRows(asked.replaceAll(/^! /gm, ''), 60).slice(-7)).toMatchInlineSnapshot(`
    [
      "Delete folder Reports                                       ",
      "  (00000000-0000-0000-0003-000000000001, 7 items) of tenant ",
      "  00000000-0000-0000-0002-000000000001 as user              ",
      "  00000000-0000-0000-0001-000000000001 at                   ",
      "  api.knowledgestack.ai? [y/N] Error: Refused: Nothing was c",
      "hanged",
      "exit 1",
    ]
  `);
  const line = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
  const answers = { 'POST /v1/auth/assume_user': { json: { token: token() } } };
  const env = { ...place.env, ADMIN_API_KEY: 'canary-admin-key' };
  expect(listRows(await home.kscli(line, answers, { ...place, env }), 60).slice(-4)).toMatchInlineSnapshot(`
    [
      "Authenticated as user 00000000-0000-0000-0001-000000000001  ",
      "  in tenant 00000000-0000-0000-0002-000000000001",
      "Token expires: 2026-02-23T12:00:00+00:00",
      "exit 0",
    ]
  `);
});

test('at any width no message breaks an id', async () => {
  for (let width = 45; width < 200; width++) {
    const place = { isTerminal: true, width, env: { NO_COLOR: '1' } };
    const shown = await home.kscli(`whoami --expect-user ${id('1')}`, {}, place);
    // The transcript puts two characters before the lines of stderr, and its command line before all.
    const messages = shown.split('\n').slice(1).join('\n').replaceAll(/^! /gm, '');
    expect(listRows(messages, width).join('\n').match(UUID)).toEqual(messages.match(UUID));
  }
});
