// kscli compare: what two users see, as whole transcripts. The first answer of a route is a's, the second b's.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { keepSessions } from '../auth/two-sessions.ts';
import { createHome, type Home } from '../kscli.ts';
import { FOLDER, FOLDERS, ID, list, row } from './rows.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  keepSessions(home);
});
afterEach(() => home.remove());

const DIFFERENT = {
  [FOLDERS]: [
    list(
      row(1, 'Contracts'),
      row(2, 'Reports', { tags: ['a', 'b'], owner: { email: 'x@example.com' } }),
      row(3, 'Same'),
    ),
    list(row(3, 'Same'), row(4, 'Drafts'), row(2, 'Reports 2026', { tags: ['b', 'a'], owner: { email: null } })),
  ],
};

test('rows only in a, only in b, and fields that differ; their order means nothing', async () => {
  expect(await home.kscli('compare acme bob -- folders list', DIFFERENT)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=token-of-bob
    Different: 1 row only in acme, 1 row only in bob, 1 row differs. 1 row is the same.
    acme: user 00000000-0000-0000-0001-000000000001
    bob: user 00000000-0000-0000-0001-000000000002
    both: tenant 00000000-0000-0000-0002-000000000001
    both: server https://api.knowledgestack.ai

    Only in acme:
      00000000-0000-0000-0003-000000000001  Contracts
    Only in bob:
      00000000-0000-0000-0003-000000000004  Drafts
    Different:
      00000000-0000-0000-0003-000000000002  Reports
        name
          acme: "Reports"
          bob: "Reports 2026"
        tags
          acme: ["a", "b"]
          bob: ["b", "a"]
        owner.email
          acme: "x@example.com"
          bob: null
    exit 5"
  `);
});

test.each(['json', 'jsonl', 'id-only', 'yaml'])('the same as %s', async (format) => {
  expect(await home.kscli(`compare acme bob -f ${format} -- folders list`, DIFFERENT)).toMatchSnapshot();
});

test('an id and a key of the server begin no line of their own', async () => {
  const id = 'x\nThe same: 9 rows in acme and in bob.';
  const stubs = { [FOLDERS]: [list({ id, 'k\r\nBoth agree': 1 }), list({ id, 'k\r\nBoth agree': 2 })] };
  const transcript = await home.kscli('compare acme bob -- folders list', stubs);
  expect(transcript.slice(transcript.indexOf('Different:\n'))).toMatchInlineSnapshot(`
    "Different:
      x The same: 9 rows in acme and in bob.
        ["k\\r\\nBoth agree"]
          acme: 1
          bob: 2
    exit 5"
  `);
});

test('the same rows, whatever the order of rows and of keys', async () => {
  const stubs = { [FOLDERS]: [list(row(1, 'A'), row(2, 'B')), list({ name: 'B', id: row(2, '').id }, row(1, 'A'))] };
  expect(await home.kscli('compare acme bob -- folders list', stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=token-of-bob
    The same: 2 rows in acme and in bob.
    acme: user 00000000-0000-0000-0001-000000000001
    bob: user 00000000-0000-0000-0001-000000000002
    both: tenant 00000000-0000-0000-0002-000000000001
    both: server https://api.knowledgestack.ai
    exit 0"
  `);
  expect(await home.kscli('compare acme bob -- folders list', { [FOLDERS]: [list(), list()] })).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=token-of-bob
    The same: no rows in acme and none in bob.
    acme: user 00000000-0000-0000-0001-000000000001
    bob: user 00000000-0000-0000-0001-000000000002
    both: tenant 00000000-0000-0000-0002-000000000001
    both: server https://api.knowledgestack.ai
    exit 0"
  `);
});

test('no differences as json', async () => {
  const stubs = { [FOLDERS]: [list(row(1, 'A')), list(row(1, 'A'))] };
  expect(await home.kscli('compare acme bob -f json -- folders list', stubs)).toMatchSnapshot();
});

test('one object: its fields, nested ones by their path, absent ones as such', async () => {
  const stubs = {
    [FOLDER]: [
      { json: { ...row(1, 'Contracts'), meta: { size: 1, 'a.b': true }, parts: [{ n: 1 }, { n: 2 }] } },
      { json: { ...row(1, 'Contracts'), meta: { size: null }, parts: [{ n: 1 }, { n: 3 }, { n: 4 }] } },
    ],
  };
  expect(await home.kscli(`compare acme bob -- folders describe ${ID}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders describe 00000000-0000-0000-0003-000000000001
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=token-of-bob
    Different: 4 fields differ.
    acme: user 00000000-0000-0000-0001-000000000001
    bob: user 00000000-0000-0000-0001-000000000002
    both: tenant 00000000-0000-0000-0002-000000000001
    both: server https://api.knowledgestack.ai

    meta.size
      acme: 1
      bob: null
    meta["a.b"]
      acme: true
      bob: absent
    parts[1].n
      acme: 2
      bob: 3
    parts[2]
      acme: absent
      bob: {"n": 4}
    exit 5"
  `);
  const same = { [FOLDER]: [{ json: row(1, 'A') }, { json: row(1, 'A') }] };
  expect(await home.kscli(`compare acme bob -- folders describe ${ID}`, same)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders describe 00000000-0000-0000-0003-000000000001
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=token-of-bob
    The same in acme and in bob.
    acme: user 00000000-0000-0000-0001-000000000001
    bob: user 00000000-0000-0000-0001-000000000002
    both: tenant 00000000-0000-0000-0002-000000000001
    both: server https://api.knowledgestack.ai
    exit 0"
  `);
});

test('all pages of both are read, side by side', async () => {
  const page = (from: number, to: number, total: number) => ({
    json: { items: Array.from({ length: to - from }, (_, at) => ({ id: `f-${from + at}`, name: 'x' })), total },
  });
  const stubs = {
    [FOLDERS]: [page(0, 100, 150), page(0, 100, 101)],
    'GET /v1/folders?limit=100&offset=100': [page(100, 150, 150), page(100, 101, 101)],
  };
  const shown = await home.kscli('compare acme bob -f json -- folders list', stubs);
  expect(shown).toContain('"only_in_a": 49,\n    "only_in_b": 0,\n    "different": 0,\n    "same": 101\n');
  expect(shown).toEndWith('! Different: 49 rows only in acme. 101 rows are the same.\nexit 5');
});

test('numbers are compared digit for digit', async () => {
  const big = (digits: string) => ({ text: `{"id": "${ID}", "size": ${digits}, "rate": 1.50}` });
  const stubs = { [FOLDER]: [big('9007199254740993'), big('9007199254740992')] };
  expect(await home.kscli(`compare acme bob -f jsonl -- folders describe ${ID}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -f jsonl -- folders describe 00000000-0000-0000-0003-000000000001
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=token-of-bob
    {"difference":"field","field":"size","a":9007199254740993,"b":9007199254740992}
    ! Different: 1 field differs.
    exit 5"
  `);
});
