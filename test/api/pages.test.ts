// kscli api --paginate: which pages are asked for, and where they end.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('--paginate reads 100 at a time until all of the total are there', async () => {
  const rows = Array.from({ length: 100 }, () => 0);
  const transcript = await home.kscli('api /v1/a --paginate', {
    'GET /v1/a?limit=100&offset=0': { json: { items: rows, total: 101 } },
    'GET /v1/a?limit=100&offset=100': { json: { items: [100], total: 101 } },
  });
  expect(transcript.replace(rows.join(), '<100 rows>')).toMatchInlineSnapshot(`
    "$ kscli api /v1/a --paginate
    > GET /v1/a?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/a?limit=100&offset=100 | cookie: ks_uat=<token>
    {"items":[<100 rows>],"total":101}
    {"items":[100],"total":101}<no newline>
    exit 0"
  `);
});

test('--paginate keeps to a limit of the path, and a page that is not full is the last where there is no total', async () => {
  const stubs = {
    'GET /v1/a?limit=2&offset=0': { text: '{"items":[1,2]}\n' },
    'GET /v1/a?limit=2&offset=2': { text: '{"items":[3]}' },
  };
  expect(await home.kscli('api /v1/a?limit=2 --paginate', stubs)).toMatchInlineSnapshot(`
    "$ kscli api /v1/a?limit=2 --paginate
    > GET /v1/a?limit=2&offset=0 | cookie: ks_uat=<token>
    > GET /v1/a?limit=2&offset=2 | cookie: ks_uat=<token>
    {"items":[1,2]}
    {"items":[3]}<no newline>
    exit 0"
  `);
});

test('a later page that is no list ends the pages with an error', async () => {
  const stubs = {
    'GET /v1/a?limit=1&offset=0': { json: { items: [1], total: 9 } },
    'GET /v1/a?limit=1&offset=1': { json: { oops: 1 } },
  };
  expect(await home.kscli('api /v1/a?limit=1 --paginate', stubs)).toMatchInlineSnapshot(`
    "$ kscli api /v1/a?limit=1 --paginate
    > GET /v1/a?limit=1&offset=0 | cookie: ks_uat=<token>
    > GET /v1/a?limit=1&offset=1 | cookie: ks_uat=<token>
    {"items":[1],"total":9}<no newline>
    ! Error: The server answered with something that is no list
    exit 1"
  `);
});

test('a first answer that is no list is printed, and is all there is', async () => {
  const stubs = { 'GET /v1/b?limit=100&offset=0': { json: { id: 1 } } };
  expect(await home.kscli('api /v1/b --paginate', stubs)).toMatchInlineSnapshot(`
    "$ kscli api /v1/b --paginate
    > GET /v1/b?limit=100&offset=0 | cookie: ks_uat=<token>
    {"id":1}<no newline>
    exit 0"
  `);
});
