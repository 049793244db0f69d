// The token that is renewed while a command runs: when, with which key, and what it says where it cannot be.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, OLD_TOKEN, token } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const ME = 'GET /v1/users/me';
const ASSUME = 'POST /v1/auth/assume_user';
const USER_ANSWER = { json: { id: USER, email: 'user@example.com' } };
const EXPIRED = { expires_at: '2026-02-23T10:00:00+00:00' };

test('an expired token is refreshed, kept, and nobody notices', async () => {
  home.keep(credentialsFields({ ...EXPIRED, token: token({ exp: 1, iat: 1 }) }));
  expect(
    await home.kscli('whoami -f id-only', { [ASSUME]: { json: { token: token() } }, [ME]: USER_ANSWER }),
  ).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  expect(home.kept()).toEqual(JSON.parse(credentialsFields()));
});

test.each([
  [31, 3600, 'used'],
  [29, 3600, 'refreshed'],
  [29, 200, 'used'],
  [19, 200, 'refreshed'],
])('%i seconds before the end of a lifetime of %i a token is %s', async (left, lifetime, what) => {
  const expires = Date.parse('2026-02-23T11:00:00Z') / 1000 + left;
  const old = token({ exp: expires, iat: expires - lifetime });
  home.keep(
    credentialsFields({ token: old, expires_at: new Date(expires * 1000).toISOString().replace('.000Z', '+00:00') }),
  );
  const isRefreshed = what === 'refreshed';
  const stubs = { [ME]: USER_ANSWER, ...(isRefreshed && { [ASSUME]: { json: { token: token() } } }) };
  const exchange = `> ${ASSUME} | x-admin-api-key: cached-key | {"tenant_id":"${TENANT}","user_id":"${USER}"}\n`;
  expect(await home.kscli('whoami -f id-only', stubs)).toBe(`$ kscli whoami -f id-only
${isRefreshed ? exchange : ''}> ${ME} | cookie: ks_uat=${isRefreshed ? '<token>' : old}
${USER}
exit 0`);
  expect(home.kept()['token']).toBe(isRefreshed ? token() : old);
});

test('a token that runs out in the middle of a command is refreshed there', async () => {
  const end = Date.parse('2026-02-23T11:00:40Z') / 1000;
  home.keep(
    credentialsFields({ token: token({ exp: end, iat: end - 3600 }), expires_at: '2026-02-23T11:00:40+00:00' }),
  );
  const page = (offset: number) => ({ json: { items: [{ id: offset }], total: 2 } });
  const transcript = await home.kscli('tags list --all -l 1 -f id-only', {
    // Waiting takes it from 40 seconds before the end to 25.
    'GET /v1/tags?limit=1&offset=0': [{ status: 503, headers: { 'retry-after': '15' } }, page(0)],
    [ASSUME]: { json: { token: token() } },
    'GET /v1/tags?limit=1&offset=1': page(1),
  });
  expect(transcript.replace(/eyJ\S+/g, '<old>')).toMatchInlineSnapshot(`
    "$ kscli tags list --all -l 1 -f id-only
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<old>
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<old>
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/tags?limit=1&offset=1 | cookie: ks_uat=<token>
    0
    1
    ! 503, trying again in 15 s
    exit 0"
  `);
  expect(home.kept()['token']).toBe(token());
});

test('a 401 refreshes once and repeats once', async () => {
  home.keep(credentialsFields({ token: OLD_TOKEN }));
  const stubs = { [ME]: [{ status: 401 }, USER_ANSWER], [ASSUME]: { json: { token: token() } } };
  expect(await home.kscli('whoami -f id-only', stubs)).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<old token>
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
});

test('a second 401 is final', async () => {
  home.keep(credentialsFields({ token: OLD_TOKEN }));
  const refused = { status: 401, json: { detail: 'Token revoked' } };
  expect(
    await home.kscli('whoami', { [ME]: [refused, refused], [ASSUME]: { json: { token: token() } } }),
  ).toMatchInlineSnapshot(`
    "$ kscli whoami
    > GET /v1/users/me | cookie: ks_uat=<old token>
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    ! Error: Session expired. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! The server says: Token revoked
    exit 2"
  `);
});

test('a 401 right after a refresh is final', async () => {
  home.keep(credentialsFields({ ...EXPIRED, token: token({ exp: 1 }) }));
  const stubs = { [ME]: { status: 401 }, [ASSUME]: { json: { token: token() } } };
  expect(await home.kscli('whoami', stubs)).toMatchInlineSnapshot(`
    "$ kscli whoami
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    ! Error: Session expired. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    exit 2"
  `);
});

test('a token that expired before it arrived is used once', async () => {
  home.keep(credentialsFields({ ...EXPIRED, token: token({ exp: 1 }) }));
  const stubs = {
    [ASSUME]: { json: { token: token() }, headers: { date: 'Mon, 23 Feb 2026 11:59:00 GMT' } },
    [ME]: USER_ANSWER,
  };
  expect(
    await home.kscli('whoami -f id-only', stubs, { now: Date.parse('2026-02-23T13:00:00Z') }),
  ).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    ! Warning: The token had already expired at 2026-02-23T12:00:00+00:00 when it arrived. This machine's clock is 3660 seconds ahead of the server's.
    exit 0"
  `);
});

test('a refused cached key gives way to the key of the settings', async () => {
  home.keep(credentialsFields(EXPIRED));
  const stubs = { [ASSUME]: [{ status: 403 }, { json: { token: token() } }], [ME]: USER_ANSWER };
  expect(await home.kscli('whoami -f id-only', stubs, { env: { ADMIN_API_KEY: 'new-key' } })).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > POST /v1/auth/assume_user | x-admin-api-key: new-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  expect(home.kept()['admin_api_key']).toBe('new-key');
});

test.each([401, 403, 404, 422, 500])('a refresh refused with %i ends by that status', async (status) => {
  home.keep(credentialsFields(EXPIRED));
  expect(await home.kscli('whoami', { [ASSUME]: { status } })).toMatchSnapshot();
  expect(home.kept()).toEqual(JSON.parse(credentialsFields(EXPIRED)));
});

test.each([null, '', undefined])('without a cached key (%p) the key of the settings refreshes', async (adminKey) => {
  home.keep(credentialsFields({ ...EXPIRED, token: token({ exp: 1 }), admin_api_key: adminKey }));
  const stubs = { [ASSUME]: { json: { token: token() } }, [ME]: USER_ANSWER };
  const transcript = await home.kscli('whoami -f id-only', stubs, { env: { ADMIN_API_KEY: 'settings-key' } });
  expect(transcript).toBe(`$ kscli whoami -f id-only
> ${ASSUME} | x-admin-api-key: settings-key | {"tenant_id":"${TENANT}","user_id":"${USER}"}
> ${ME} | cookie: ks_uat=<token>
${USER}
exit 0`);
});

test('without any key it says which command to run', async () => {
  home.keep(credentialsFields({ ...EXPIRED, admin_api_key: null }));
  expect(await home.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: Session expired. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! The token has expired, and there is no admin key to refresh it with: none is cached, ADMIN_API_KEY is not set.
    exit 2"
  `);
});

test('with KSCLI_STORE_ADMIN_KEY=false a refresh drops the cached key', async () => {
  home.keep(credentialsFields({ ...EXPIRED, token: token({ exp: 1 }) }));
  const stubs = { [ASSUME]: { json: { token: token() } }, [ME]: USER_ANSWER };
  const env = { KSCLI_STORE_ADMIN_KEY: 'no', ADMIN_API_KEY: 'cached-key' };
  expect(await home.kscli('whoami -f id-only', stubs, { env })).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  expect(home.kept()).toEqual(JSON.parse(credentialsFields({ admin_api_key: null })));
});
