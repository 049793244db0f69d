// Only reading: which requests go through, and what is refused before anything is sent.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, credentialsFields, type Home } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test.each([
  [`folders delete ${A} --read-only`, `DELETE /v1/folders/${A}`],
  ['--read-only tags create --name x', 'POST /v1/tags'],
  ['--read-only api POST /v1/chunks/search/../../tags', 'POST /v1/tags'],
  ['--read-only api POST /v1/chunks/search/%2e%2e/%2E%2e/tags', 'POST /v1/tags'],
  ['--read-only api POST /v1/chunks/search%2f..%2f..%2ftags', 'POST /v1/chunks/search%2f..%2f..%2ftags'],
  ['--read-only api POST /v1/chunks%2fsearch', 'POST /v1/chunks%2fsearch'],
  ['--read-only api POST /v1/chunks/search/', 'POST /v1/chunks/search/'],
  ['--read-only api POST /v1/chunks/searches', 'POST /v1/chunks/searches'],
  ['--read-only api POST /v1/chunks/%zz', 'POST /v1/chunks/%zz'],
  ['--read-only api POST /v1/chunks', 'POST /v1/chunks'],
  ['--read-only api PATCH /v1/chunks/search', 'PATCH /v1/chunks/search'],
  ['--read-only api POST /v1/folders', 'POST /v1/folders'],
  ['--read-only api DELETE /v1/tags', 'DELETE /v1/tags'],
])('only reading: %s is refused before anything is sent', async (line, request) => {
  expect(await home.kscli(line)).toBe(`$ kscli ${line}
! Error: Refused: ${request} would change something, and only reading is allowed
! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
exit 1`);
});

test('only reading: the variable refuses as the flag does', async () => {
  const env = { KSCLI_READ_ONLY: 'yes' };
  expect(await home.kscli('tags create --name x', {}, { env })).toMatchInlineSnapshot(`
    "$ kscli tags create --name x
    ! Error: Refused: POST /v1/tags would change something, and only reading is allowed
    ! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
    exit 1"
  `);
});

test('only reading: a search and a list go through', async () => {
  const found = { 'POST /v1/chunks/search': { json: [] } };
  expect(await home.kscli('chunks search -q x --read-only', found)).toMatchInlineSnapshot(`
    "$ kscli chunks search -q x --read-only
    > POST /v1/chunks/search | cookie: ks_uat=<token> | {"query":"x","top_k":10}
    No results.
    exit 0"
  `);
  expect(await home.kscli('--read-only api POST /v1/chunks/search', found)).toMatchInlineSnapshot(`
    "$ kscli --read-only api POST /v1/chunks/search
    > POST /v1/chunks/search | cookie: ks_uat=<token>
    []<no newline>
    exit 0"
  `);
  expect(await home.kscli('--read-only api POST /v1/tags/../chunks/./search', found)).toMatchInlineSnapshot(`
    "$ kscli --read-only api POST /v1/tags/../chunks/./search
    > POST /v1/chunks/search | cookie: ks_uat=<token>
    []<no newline>
    exit 0"
  `);
  const encoded = { 'POST /v1/chunks/%73earch?a=%2F': { json: [] } };
  expect(await home.kscli('--read-only api POST /v1/chunks/%73earch?a=%2F', encoded)).toMatchInlineSnapshot(`
    "$ kscli --read-only api POST /v1/chunks/%73earch?a=%2F
    > POST /v1/chunks/%73earch?a=%2F | cookie: ks_uat=<token>
    []<no newline>
    exit 0"
  `);
  const listed = { 'GET /v1/tags?limit=20&offset=0': { json: { items: [], total: 0 } } };
  expect(await home.kscli('tags list --read-only', listed)).toMatchInlineSnapshot(`
    "$ kscli tags list --read-only
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    No results.
    exit 0"
  `);
});

test('what is refused sends nothing, not even for a new token', async () => {
  home.keep(credentialsFields({ expires_at: '2026-02-23T10:00:00+00:00' }));
  const transcript = await home.kscli(`tags delete ${A} --read-only`);
  home.keep();
  expect(transcript).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-00000000000a --read-only
    ! Error: Refused: DELETE /v1/tags/00000000-0000-0000-0003-00000000000a would change something, and only reading is allowed
    ! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
    exit 1"
  `);
});
