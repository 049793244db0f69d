// The identity that is expected: by the ids of the file, by the claims of the token, and of a new token.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, TOKEN_END, token } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

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
