// Files that hold an API key: kscli's own and the Python kscli's, whole, broken, and signed out.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, token } from '../kscli.ts';
import { FULL, KEY, ME, MINE } from './api-key.ts';
import { IDS, ISSUED } from './exchange.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('a file of the Python kscli holds a key alone: the settings name its server, and its user is not asked for', async () => {
  home.keep(JSON.stringify({ api_key: KEY }));
  expect(await home.kscli('whoami', MINE)).toMatchInlineSnapshot(`
    "$ kscli whoami
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    ┌───────────────────┬──────────────────────────────────────┐
    │ Key               │ Value                                │
    ├───────────────────┼──────────────────────────────────────┤
    │ id                │ 00000000-0000-0000-0001-000000000001 │
    │ current_tenant_id │ 00000000-0000-0000-0002-000000000001 │
    │ tenant_id         │ 00000000-0000-0000-0002-000000000001 │
    │ expires_at        │ -                                    │
    └───────────────────┴──────────────────────────────────────┘
    exit 0"
  `);
  const staging = 'https://api-staging.knowledgestack.ai';
  const elsewhere = { [`GET ${staging}/v1/users/me`]: MINE[ME] };
  expect(await home.kscli(`whoami --base-url ${staging}`, elsewhere)).toEndWith('exit 0');
  expect(readFileSync(home.credentials, 'utf8')).toBe(JSON.stringify({ api_key: KEY }));
});

test('logout leaves nothing secret, and who it was; then the message names login', async () => {
  home.keep(JSON.stringify({ ...FULL, read_only: true }), 'own');
  expect(await home.kscli('logout --session own')).toEndWith('exit 0');
  expect(home.kept('own')).toEqual({
    user_id: USER,
    tenant_id: TENANT,
    base_url: FULL.base_url,
    read_only: true,
    login: true,
  });
  expect(await home.kscli('whoami --session own')).toMatchInlineSnapshot(`
    "$ kscli whoami --session own
    ! Error: Not authenticated. Run: kscli login --session own
    ! The session own is signed out.
    exit 2"
  `);
  expect(await home.kscli('login --session own', MINE, { env: { KSCLI_API_KEY: KEY } })).toEndWith('exit 0');
  expect(home.kept('own')).toEqual({ ...FULL, read_only: true });
});

test('assume-user and login take turns in one file, each in place of the other', async () => {
  const key = { KSCLI_API_KEY: KEY, ADMIN_API_KEY: 'the-admin-key' };
  await home.kscli(`assume-user ${IDS}`, ISSUED, { env: key });
  expect(home.kept()).toEqual(JSON.parse(credentialsFields({ admin_api_key: 'the-admin-key' })));
  await home.kscli('login', MINE, { env: key });
  expect(home.kept()).toEqual(FULL);
  await home.kscli(`assume-user ${IDS}`, ISSUED, { env: key });
  expect(home.kept()).toEqual(JSON.parse(credentialsFields({ admin_api_key: 'the-admin-key' })));
});

test.each([
  [{ api_key: 5 }, 'has no usable api_key'],
  [{ api_key: 'two words' }, 'has no usable api_key'],
  [{ api_key: 'line\r\nx-admin: 1' }, 'has no usable api_key'],
  [{ api_key: ['sk-user-1'] }, 'has no usable api_key'],
  [{ ...FULL, token: token() }, 'holds a token and an api_key'],
  [{ ...FULL, user_id: 'me' }, 'has no usable user_id'],
  [{ ...FULL, tenant_id: 5 }, 'has no usable tenant_id'],
  [{ ...FULL, base_url: 'ftp://x' }, 'has no usable base_url'],
  [{ ...FULL, read_only: 'yes' }, 'has no usable read_only'],
  [{ ...FULL, lease_until: 'soon' }, 'has no usable lease_until'],
])('a file that cannot be used sends nothing: %j', async (fields, why) => {
  home.keep(JSON.stringify(fields));
  expect(await home.kscli('whoami')).toBe(`$ kscli whoami
! Error: Not authenticated. Run: kscli login
! The credentials file ~/state/.credentials ${why}.
exit 2`);
});

test.each([{ api_key: '' }, { api_key: null }])('a key that is empty is none: %j', async (fields) => {
  home.keep(JSON.stringify(fields));
  expect(await home.kscli('whoami')).toMatch(/ Run: kscli assume-user .*\n! .* has no usable token\.\nexit 2$/);
});
