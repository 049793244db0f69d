// kscli whoami, and the refresh that nobody notices.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OTHER_USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, type Stub, token } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const ME = 'GET /v1/users/me';
const ASSUME = 'POST /v1/auth/assume_user';
const USER_ANSWER = { json: { id: '00000000-0000-0000-0001-000000000001', email: 'user@example.com' } };
const EXPIRED = { expires_at: '2026-02-23T10:00:00+00:00' };

function kept(): Record<string, unknown> {
  return JSON.parse(readFileSync(home.credentials, 'utf8'));
}

test('shows the identity as a table, byte for byte', async () => {
  home.keep();
  expect(await home.kscli('whoami', { [ME]: USER_ANSWER })).toMatchInlineSnapshot(`
    "$ kscli whoami
    > GET /v1/users/me | cookie: ks_uat=<token>
    ┌─────────────┬──────────────────────────────────────┐
    │ Key         │ Value                                │
    ├─────────────┼──────────────────────────────────────┤
    │ id          │ 00000000-0000-0000-0001-000000000001 │
    │ email       │ user@example.com                     │
    │ tenant_id   │ 00000000-0000-0000-0002-000000000001 │
    │ expires_at  │ 2026-02-23T12:00:00+00:00            │
    └─────────────┴──────────────────────────────────────┘
    exit 0"
  `);
});

test.each(['json', 'yaml', 'id-only', 'tree'])('as %s', async (format) => {
  home.keep();
  expect(await home.kscli(`whoami --format=${format}`, { [ME]: USER_ANSWER })).toMatchSnapshot();
});

test('a table without its header, and an identity on a narrow terminal', async () => {
  home.keep();
  expect(await home.kscli('whoami -H', { [ME]: USER_ANSWER })).toMatchInlineSnapshot(`
    "$ kscli whoami -H
    > GET /v1/users/me | cookie: ks_uat=<token>
    ┌─────────────┬──────────────────────────────────────┐
    │ id          │ 00000000-0000-0000-0001-000000000001 │
    │ email       │ user@example.com                     │
    │ tenant_id   │ 00000000-0000-0000-0002-000000000001 │
    │ expires_at  │ 2026-02-23T12:00:00+00:00            │
    └─────────────┴──────────────────────────────────────┘
    exit 0"
  `);
  const terminal = { isTerminal: true, width: 40, env: { NO_COLOR: '1' } };
  expect(await home.kscli('whoami', { [ME]: USER_ANSWER }, terminal)).toMatchInlineSnapshot(`
    "$ kscli whoami
    > GET /v1/users/me | cookie: ks_uat=<token>
    id
      00000000-0000-0000-0001-000000000001
    email       user@example.com
    tenant_id
      00000000-0000-0000-0002-000000000001
    expires_at  2026-02-23T12:00:00+00:00
    exit 0"
  `);
});

test('numbers keep their digits, texts their characters', async () => {
  home.keep();
  const text = '{"id":12345678901234567890,"10":1.0,"2":"ü😀","name":"a\\u001b[31mb"}';
  expect(await home.kscli('whoami -f json', { [ME]: { text } })).toMatchInlineSnapshot(`
    "$ kscli whoami -f json
    > GET /v1/users/me | cookie: ks_uat=<token>
    {
      "id": 12345678901234567890,
      "10": 1.0,
      "2": "ü😀",
      "name": "a\\u001b[31mb",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "expires_at": "2026-02-23T12:00:00+00:00"
    }
    exit 0"
  `);
});

test('another identity than that of the credentials is told', async () => {
  home.keep();
  const stub = { json: { id: OTHER_USER, current_tenant_id: '00000000-0000-0000-0002-000000000009' } };
  expect(await home.kscli('whoami -f id-only', { [ME]: stub })).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000002
    ! Warning: The server sees user 00000000-0000-0000-0001-000000000002, not user 00000000-0000-0000-0001-000000000001.
    ! Warning: The server sees tenant 00000000-0000-0000-0002-000000000009, not tenant 00000000-0000-0000-0002-000000000001.
    exit 0"
  `);
});

test('control characters of the server stay out of a terminal', async () => {
  home.keep();
  const stub = { json: { id: '1', email: 'a\u001b[31mred\u001b]0;title\u0007\u202eb' } };
  const shown = await home.kscli('whoami', { [ME]: stub }, { isTerminal: true, width: 100 });
  expect(shown).toContain('aredb');
  expect(shown).not.toMatch(/[\u001b\u0007\u202e]/);
});

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
  expect(kept()).toEqual(JSON.parse(credentialsFields()));
});

test.each([
  [31, 3600, false],
  [29, 3600, true],
  [29, 200, false],
  [19, 200, true],
])('%i seconds before the end of a lifetime of %i: refreshed is %p', async (left, lifetime, isRefreshed) => {
  const expires = Date.parse('2026-02-23T11:00:00Z') / 1000 + left;
  const old = token({ exp: expires, iat: expires - lifetime });
  home.keep(
    credentialsFields({ token: old, expires_at: new Date(expires * 1000).toISOString().replace('.000Z', '+00:00') }),
  );
  const stubs = { [ME]: USER_ANSWER, ...(isRefreshed && { [ASSUME]: { json: { token: token() } } }) };
  expect(await home.kscli('whoami', stubs)).toEndWith('exit 0');
  expect(kept()['token'] === old).toBe(!isRefreshed);
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
  expect(kept()['token']).toBe(token());
});

test('a 401 refreshes once and repeats once', async () => {
  home.keep(credentialsFields({ token: token({ exp: 1, sub: 'old' }) }));
  const stubs = { [ME]: [{ status: 401 }, USER_ANSWER], [ASSUME]: { json: { token: token() } } };
  expect(await home.kscli('whoami -f id-only', stubs)).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjEsInN1YiI6Im9sZCJ9.c2lnbmF0dXJl
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
});

test('a second 401 is final', async () => {
  home.keep(credentialsFields({ token: token({ exp: 1, sub: 'old' }) }));
  const refused = { status: 401, json: { detail: 'Token revoked' } };
  expect(
    await home.kscli('whoami', { [ME]: [refused, refused], [ASSUME]: { json: { token: token() } } }),
  ).toMatchInlineSnapshot(`
    "$ kscli whoami
    > GET /v1/users/me | cookie: ks_uat=eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjEsInN1YiI6Im9sZCJ9.c2lnbmF0dXJl
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    ! Error: Session expired. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! The server says: Token revoked
    exit 2"
  `);
});

test('a 401 right after a refresh is final', async () => {
  home.keep(credentialsFields({ ...EXPIRED, token: token({ exp: 1 }) }));
  expect(await home.kscli('whoami', { [ME]: { status: 401 }, [ASSUME]: { json: { token: token() } } })).toEndWith(
    'exit 2',
  );
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
  expect(kept()['admin_api_key']).toBe('new-key');
});

test.each([401, 403, 404, 422, 500])('a refresh refused with %i ends by that status', async (status) => {
  home.keep(credentialsFields(EXPIRED));
  expect(await home.kscli('whoami', { [ASSUME]: { status } })).toMatchSnapshot();
  expect(kept()).toEqual(JSON.parse(credentialsFields(EXPIRED)));
});

test.each([null, '', undefined])('without a cached key (%p) the key of the settings refreshes', async (adminKey) => {
  home.keep(credentialsFields({ ...EXPIRED, token: token({ exp: 1 }), admin_api_key: adminKey }));
  const stubs = { [ASSUME]: { json: { token: token() } }, [ME]: USER_ANSWER };
  expect(await home.kscli('whoami', stubs, { env: { ADMIN_API_KEY: 'settings-key' } })).toContain(
    'x-admin-api-key: settings-key |',
  );
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
  await home.kscli('whoami', stubs, { env: { KSCLI_STORE_ADMIN_KEY: 'no', ADMIN_API_KEY: 'cached-key' } });
  expect(kept()['admin_api_key']).toBeNull();
});

test('credentials of another origin stop before any request', async () => {
  home.keep();
  expect(await home.kscli('whoami --base-url https://api-staging.knowledgestack.ai/')).toMatchInlineSnapshot(`
    "$ kscli whoami --base-url https://api-staging.knowledgestack.ai/
    ! Error: Not authenticated. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! The credentials in ~/state/.credentials are for https://api.knowledgestack.ai, but the base URL is https://api-staging.knowledgestack.ai.
    ! Run the command above to act there, or set the base URL back. Nothing was sent.
    exit 2"
  `);
  home.keep(credentialsFields({ ...EXPIRED, base_url: 'https://old.example.com' }));
  expect(await home.kscli('whoami')).toEndWith('exit 2');
});

test('a file of the Python kscli is read', async () => {
  home.keep(credentialsFields({ base_url: undefined, expires_at: '2026-02-23T12:00:00.123456+00:00' }));
  expect(await home.kscli('whoami -f id-only', { [ME]: USER_ANSWER })).toEndWith('exit 0');
});

const UNREADABLE: readonly [name: string, text: string][] = [
  ['empty', ''],
  ['no JSON', '{"token": '],
  ['a list', '[]'],
  ['no token', credentialsFields({ token: undefined })],
  ['a token of the wrong type', credentialsFields({ token: 5 })],
  ['a token with a second cookie', credentialsFields({ token: 'a; admin=1' })],
  ['no user', credentialsFields({ user_id: undefined })],
  ['a tenant that is no UUID', credentialsFields({ tenant_id: 'acme\u001b[2J' })],
  ['no time', credentialsFields({ expires_at: 'soon' })],
  ['a key of the wrong type', credentialsFields({ admin_api_key: 7 })],
  ['a base URL of the wrong type', credentialsFields({ base_url: {} })],
];

test.each(UNREADABLE)('unreadable credentials: %s', async (_name, text) => {
  home.keep(text);
  expect(await home.kscli('whoami')).toMatchSnapshot();
  expect(readFileSync(home.credentials, 'utf8')).toBe(text);
});

const ANSWERS: readonly [name: string, stub: Stub][] = [
  ['403', { status: 403, json: { detail: 'No access' } }],
  ['404', { status: 404 }],
  ['409', { status: 409, json: { detail: { reason: 'busy' } } }],
  [
    '422',
    {
      status: 422,
      json: {
        detail: [
          { loc: ['query', 'limit'], msg: 'too large' },
          { loc: ['body'], msg: 'missing' },
        ],
      },
    },
  ],
  ['418', { status: 418, json: { message: 'teapot' } }],
  ['204', { status: 204 }],
  ['HTML', { text: '<html>login</html>' }],
  ['a list', { json: [] }],
  ['a number', { text: '5' }],
  ['half an answer', { text: '{"id": ' }],
  ['an echoed token', { status: 400, json: { detail: `got ${token()}` } }],
  ['control characters', { status: 400, json: { detail: 'a\u001b[31mb\u0000' } }],
];

test.each(ANSWERS)('an answer of %s', async (_name, stub) => {
  home.keep();
  expect(await home.kscli('whoami', { [ME]: stub })).toMatchSnapshot();
});

test.each([429, 502, 503, 504])('%i is tried three times, then reported', async (status) => {
  home.keep();
  const stub = { status, headers: { 'retry-after': '2' } };
  expect(await home.kscli('whoami', { [ME]: [stub, stub, stub] })).toEndWith(
    `! Error: Server error: ${status}\nexit 1`,
  );
  expect(await home.kscli('whoami', { [ME]: [stub, USER_ANSWER] })).toEndWith('exit 0');
});

test('a Retry-After beyond the timeout is not waited for', async () => {
  home.keep();
  expect(
    await home.kscli('whoami --timeout 10', { [ME]: { status: 503, headers: { 'retry-after': '60' } } }),
  ).toEndWith('exit 1');
});

test('a lost connection is tried again; an exchange never is', async () => {
  home.keep();
  const lost = Object.assign(new Error('lost'), { code: 'ECONNRESET' });
  expect(await home.kscli('whoami', { [ME]: [lost, USER_ANSWER] })).toEndWith('exit 0');
  home.keep(credentialsFields(EXPIRED));
  expect(await home.kscli('whoami', { [ASSUME]: lost })).toEndWith('exit 1');
});

test('logout removes everything, and succeeds again', async () => {
  home.keep();
  writeFileSync(`${home.credentials}.0123456789abcdef.tmp`, 'left by a killed process');
  writeFileSync(`${home.credentials}.refresh-lock`, '');
  expect(await home.kscli('logout')).toMatchInlineSnapshot(`
    "$ kscli logout
    Removed ~/state/.credentials
    exit 0"
  `);
  expect(existsSync(dirname(home.credentials))).toBe(true);
  expect([...new Bun.Glob('**').scanSync({ cwd: dirname(home.credentials), dot: true })]).toEqual([]);
  expect(await home.kscli('logout')).toMatchInlineSnapshot(`
    "$ kscli logout
    No credentials in ~/state/.credentials
    exit 0"
  `);
  expect(await home.kscli('logout -f json')).toMatchInlineSnapshot(`
    "$ kscli logout -f json
    {
      "credentials_path": "~/state/.credentials",
      "removed": false
    }
    exit 0"
  `);
  expect(await home.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: Not authenticated. Run: kscli assume-user --tenant-id <id> --user-id <id>
    ! There are no credentials in ~/state/.credentials.
    exit 2"
  `);
});
