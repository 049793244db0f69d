// Reading only, expected identities, and the question before a delete.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, TOKEN_END, token } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const TERMINAL = { isTerminal: true, env: { NO_COLOR: '1' } };

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

test('the wrong identity is named with both ids, and with a command only where the right ids are known', async () => {
  expect(await home.kscli(`tags list --expect-tenant ${A}`)).toMatchInlineSnapshot(`
    "$ kscli tags list --expect-tenant 00000000-0000-0000-0003-00000000000a
    ! Error: Wrong identity: tenant 00000000-0000-0000-0002-000000000001, but 00000000-0000-0000-0003-00000000000a is expected
    ! Nothing was sent.
    exit 2"
  `);
  expect(
    await home.kscli(`tags list --expect-tenant ${TENANT}`, {}, { env: { KSCLI_EXPECT_USER: A } }),
  ).toMatchInlineSnapshot(`
    "$ kscli tags list --expect-tenant 00000000-0000-0000-0002-000000000001
    ! Error: Wrong identity: user 00000000-0000-0000-0001-000000000001, but 00000000-0000-0000-0003-00000000000a is expected
    ! Nothing was sent.
    ! Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0003-00000000000a
    exit 2"
  `);
  const stubs = { 'GET /v1/tags?limit=20&offset=0': { json: { items: [], total: 0 } } };
  expect(await home.kscli(`tags list --expect-tenant ${TENANT} --expect-user ${USER}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags list --expect-tenant 00000000-0000-0000-0002-000000000001 --expect-user 00000000-0000-0000-0001-000000000001
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    No results.
    exit 0"
  `);
});

test('the claims of the token itself count where an identity is expected', async () => {
  const foreign = token({ exp: Date.parse(TOKEN_END) / 1000, user_id: USER, tenant_id: A });
  home.keep(credentialsFields({ token: foreign }));
  expect(await home.kscli(`tags list --expect-tenant ${TENANT}`)).toMatchInlineSnapshot(`
    "$ kscli tags list --expect-tenant 00000000-0000-0000-0002-000000000001
    ! Error: Wrong identity: tenant 00000000-0000-0000-0003-00000000000a, but 00000000-0000-0000-0002-000000000001 is expected
    ! The token says so itself, whatever the credentials file says.
    ! The request was not sent.
    exit 2"
  `);
  home.keep(credentialsFields({ expires_at: '2026-02-23T10:00:00+00:00' }));
  const renewed = { 'POST /v1/auth/assume_user': { json: { token: foreign } } };
  const refused = await home.kscli(`tags list --expect-tenant ${TENANT}`, renewed);
  expect(refused.replace(foreign, '<foreign token>')).toMatchInlineSnapshot(`
    "$ kscli tags list --expect-tenant 00000000-0000-0000-0002-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    ! Warning: The token is for tenant 00000000-0000-0000-0003-00000000000a, not for tenant 00000000-0000-0000-0002-000000000001.
    ! Error: Wrong identity: tenant 00000000-0000-0000-0003-00000000000a, but 00000000-0000-0000-0002-000000000001 is expected
    ! The token says so itself, whatever the credentials file says.
    ! The request was not sent.
    exit 2"
  `);
  home.keep();
});

test('assume-user warns of a token for somebody else', async () => {
  const foreign = token({ exp: Date.parse(TOKEN_END) / 1000, sub: A });
  const line = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
  const stubs = { 'POST /v1/auth/assume_user': { json: { token: foreign } } };
  const transcript = await home.kscli(line, stubs, { env: { ADMIN_API_KEY: 'key' } });
  home.keep();
  expect(transcript).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    ! Warning: The token is for user 00000000-0000-0000-0003-00000000000a, not for user 00000000-0000-0000-0001-000000000001.
    exit 0"
  `);
});

test('an identity that is not expected is not taken on', async () => {
  const line = `assume-user --tenant-id ${TENANT} --user-id ${USER} --expect-tenant ${A}`;
  expect(await home.kscli(line, {}, { env: { ADMIN_API_KEY: 'key' } })).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 --expect-tenant 00000000-0000-0000-0003-00000000000a
    ! Error: Wrong identity: tenant 00000000-0000-0000-0002-000000000001, but 00000000-0000-0000-0003-00000000000a is expected
    ! Nothing was sent.
    exit 2"
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

test('a delete asks at a terminal, with the path and how much goes with it; a no changes nothing', async () => {
  const stubs = {
    [`GET /v1/folders/${A}`]: { json: { id: A, name: 'many', materialized_path: '/shared/many' } },
    [`GET /v1/folders/${A}/contents?limit=1`]: { json: { items: [{}], total: 101 } },
  };
  expect(await home.kscli(`folders delete ${A}`, stubs, { ...TERMINAL, stdin: '\n' })).toMatchInlineSnapshot(`
    "$ kscli folders delete 00000000-0000-0000-0003-00000000000a
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?limit=1 | cookie: ks_uat=<token>
    ! Delete folder /shared/many (101 items) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
  const all = { ...stubs, [`DELETE /v1/folders/${A}`]: { status: 204 } };
  expect(await home.kscli(`folders delete ${A}`, all, { ...TERMINAL, stdin: 'y\n' })).toMatchInlineSnapshot(`
    "$ kscli folders delete 00000000-0000-0000-0003-00000000000a
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?limit=1 | cookie: ks_uat=<token>
    > DELETE /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    Deleted folder 00000000-0000-0000-0003-00000000000a
    ! Delete folder /shared/many (101 items) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] <no newline>
    exit 0"
  `);
});

test('a delete of what cannot be looked at asks by its id', async () => {
  const stubs = { [`GET /v1/tags/${A}`]: { status: 404 } };
  expect(await home.kscli(`tags delete ${A}`, stubs, { ...TERMINAL, stdin: 'n\n' })).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-00000000000a
    > GET /v1/tags/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Delete tag 00000000-0000-0000-0003-00000000000a of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
});

test('kscli api DELETE asks like a delete', async () => {
  expect(await home.kscli(`api DELETE /v1/tags/${A}`, {}, { ...TERMINAL, stdin: '\n' })).toMatchInlineSnapshot(`
    "$ kscli api DELETE /v1/tags/00000000-0000-0000-0003-00000000000a
    ! DELETE /v1/tags/00000000-0000-0000-0003-00000000000a of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
});

test.each(['false', 'no', '0'])('KSCLI_CONFIRM=%s never asks', async (word) => {
  const env = { NO_COLOR: '1', KSCLI_CONFIRM: word };
  const stubs = { [`DELETE /v1/tags/${A}`]: { status: 204 } };
  expect(await home.kscli(`tags delete ${A}`, stubs, { isTerminal: true, env })).toBe(`$ kscli tags delete ${A}
> DELETE /v1/tags/${A} | cookie: ks_uat=<token>
Deleted tag ${A}
exit 0`);
});

test('without a terminal a delete needs --yes, and only where it is asked for', async () => {
  const env = { KSCLI_CONFIRM: '1' };
  expect(await home.kscli(`tags delete ${A}`, {}, { env })).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-00000000000a
    ! Error: 'Delete tag 00000000-0000-0000-0003-00000000000a' needs --yes: nobody can be asked here, and KSCLI_CONFIRM is true
    ! Usage: kscli tags delete <tag-id>... [options]
    exit 64"
  `);
  const stubs = { [`DELETE /v1/tags/${A}`]: { status: 204 } };
  expect(await home.kscli(`tags delete ${A} --yes`, stubs, { env })).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-00000000000a --yes
    > DELETE /v1/tags/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    Deleted tag 00000000-0000-0000-0003-00000000000a
    exit 0"
  `);
  expect(await home.kscli(`tags delete ${A}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-00000000000a
    > DELETE /v1/tags/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    Deleted tag 00000000-0000-0000-0003-00000000000a
    exit 0"
  `);
});
