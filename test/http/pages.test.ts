// The pages of a list, from servers that count well, badly or not at all.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { utimesSync } from 'node:fs';
import { createHome, type Home, NOW, type Stub } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

/** Pages of two. */
function pages(...answers: unknown[]): Record<string, Stub> {
  return Object.fromEntries(answers.map((json, index) => [`GET /v1/tags?limit=2&offset=${index * 2}`, { json }]));
}

const LINE = 'tags list --all --limit 2 -f id-only';

test('a list ends where its total says so', async () => {
  const answers = pages({ items: rows('a', 'b'), total: 3 }, { items: rows('c'), total: 3 });
  expect(await home.kscli(LINE, answers)).toMatchInlineSnapshot(`
    "$ kscli tags list --all --limit 2 -f id-only
    > GET /v1/tags?limit=2&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=2&offset=2 | cookie: ks_uat=<token>
    a
    b
    c
    exit 0"
  `);
});

test('without a total, a short page is the last', async () => {
  expect(await home.kscli(LINE, pages({ items: rows('a', 'b') }, { items: rows('c') }))).toMatchInlineSnapshot(`
    "$ kscli tags list --all --limit 2 -f id-only
    > GET /v1/tags?limit=2&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=2&offset=2 | cookie: ks_uat=<token>
    a
    b
    c
    exit 0"
  `);
});

test('a server that ignores the offset is not followed for ever', async () => {
  const answers = pages({ items: rows('a', 'b') }, { items: rows('a', 'b') });
  expect(await home.kscli(LINE, answers)).toMatchInlineSnapshot(`
    "$ kscli tags list --all --limit 2 -f id-only
    > GET /v1/tags?limit=2&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=2&offset=2 | cookie: ks_uat=<token>
    a
    b
    ! Error: The list does not advance: at offset 2 the server gave the rows before it again. It seems to ignore offset
    exit 1"
  `);
  expect(await home.kscli('api /v1/tags?limit=2 --paginate', answers)).toMatchInlineSnapshot(`
    "$ kscli api /v1/tags?limit=2 --paginate
    > GET /v1/tags?limit=2&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=2&offset=2 | cookie: ks_uat=<token>
    {"items":[{"id":"a"},{"id":"b"}]}<no newline>
    ! Error: The list does not advance: at offset 2 the server gave the rows before it again. It seems to ignore offset
    exit 1"
  `);
  expect(await home.kscli('tags list --all --limit 2 -f json', answers)).toMatchInlineSnapshot(`
    "$ kscli tags list --all --limit 2 -f json
    > GET /v1/tags?limit=2&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=2&offset=2 | cookie: ks_uat=<token>
    {
      "items": [
        {
          "id": "a"
        },
        {
          "id": "b"
        }<no newline>
    ! Error: The list does not advance: at offset 2 the server gave the rows before it again. It seems to ignore offset
    exit 1"
  `);
});

test('a server that promises more than it has is not followed for ever', async () => {
  const answers = pages({ items: rows('a', 'b'), total: 9 }, { items: [], total: 9 });
  expect(await home.kscli(LINE, answers)).toMatchInlineSnapshot(`
    "$ kscli tags list --all --limit 2 -f id-only
    > GET /v1/tags?limit=2&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=2&offset=2 | cookie: ks_uat=<token>
    a
    b
    ! Warning: The server ends the list at 2 of 9 rows.
    exit 0"
  `);
});

test('the folders of a bulk upload are read with the same care', async () => {
  const hundred = { items: rows(...Array.from({ length: 100 }, (_, index) => `${index}`)) };
  const part = '00000000-0000-0000-0001-000000000001';
  const route = (offset: number) => `GET /v1/documents?parent_path_part_id=${part}&limit=100&offset=${offset}`;
  await Bun.write(`${home.directory}/docs/a.pdf`, 'x');
  utimesSync(`${home.directory}/docs/a.pdf`, NOW / 1000, NOW / 1000);
  const stubs = { [route(0)]: { json: hundred }, [route(100)]: { json: hundred } };
  expect(
    await home.kscli(`folders bulk-ingest ${home.directory}/docs --path-part-id ${part} -f jsonl`, stubs),
  ).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest ~/docs --path-part-id 00000000-0000-0000-0001-000000000001 -f jsonl
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=100 | cookie: ks_uat=<token>
    {"path":"a.pdf","state":"failed","document_id":null,"workflow_id":null,"error":"The list does not advance: at offset 100 the server gave the rows before it again. It seems to ignore offset","document_version_id":null,"size":1,"modified":"2026-02-23T11:00:00.000Z","sha256":null,"attempts":0}
    ! Error: a.pdf: The list does not advance: at offset 100 the server gave the rows before it again. It seems to ignore offset
    ! Uploaded 0, skipped 0, failed 1
    exit 1"
  `);
});
