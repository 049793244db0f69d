// Lists and objects on terminals: an id is never broken, text breaks at words, and what is too wide becomes blocks.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

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
