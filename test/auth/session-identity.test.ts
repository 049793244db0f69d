// A session is bound to one tenant, one user and one origin: what is for others is refused.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OTHER_USER, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, token } from '../kscli.ts';
import { ASSUME, KEY, OTHER_TENANT, OTHERS } from './exchange.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('a session is bound: another tenant, user or origin is refused, both named, and nothing is sent', async () => {
  home.keepSession('acme');
  const before = readFileSync(join(home.sessions, 'acme'), 'utf8');
  const line = `assume-user --session acme --tenant-id ${OTHER_TENANT} --user-id ${OTHER_USER}`;
  expect(await home.kscli(line, {}, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000002 --user-id 00000000-0000-0000-0001-000000000002
    ! Error: Refused: session acme: it is for tenant 00000000-0000-0000-0002-000000000001, not for 00000000-0000-0000-0002-000000000002; for user 00000000-0000-0000-0001-000000000001, not for 00000000-0000-0000-0001-000000000002
    ! Nothing was sent. Choose another name, or bind this one anew with --replace.
    exit 1"
  `);
  const elsewhere = `assume-user --session acme --base-url https://api-staging.knowledgestack.ai`;
  expect(await home.kscli(elsewhere, {}, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme --base-url https://api-staging.knowledgestack.ai
    ! Error: Refused: session acme: it is for base URL https://api.knowledgestack.ai, not for https://api-staging.knowledgestack.ai
    ! Nothing was sent. Choose another name, or bind this one anew with --replace.
    exit 1"
  `);
  const byVariable = { ...KEY, KSCLI_TENANT_ID: OTHER_TENANT };
  expect(await home.kscli('assume-user --session acme', {}, { env: byVariable })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme
    ! Error: Refused: session acme: it is for tenant 00000000-0000-0000-0002-000000000001, not for 00000000-0000-0000-0002-000000000002
    ! Nothing was sent. Choose another name, or bind this one anew with --replace.
    exit 1"
  `);
  expect(readFileSync(join(home.sessions, 'acme'), 'utf8')).toBe(before);
});

test('--replace binds it anew, and drops its guard', async () => {
  home.keepSession('acme', { read_only: true });
  const line = `assume-user --session acme --replace --tenant-id ${OTHER_TENANT} --user-id ${OTHER_USER}`;
  expect(await home.kscli(line, { [ASSUME]: { json: { token: OTHERS } } }, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme --replace --tenant-id 00000000-0000-0000-0002-000000000002 --user-id 00000000-0000-0000-0001-000000000002
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000002","user_id":"00000000-0000-0000-0001-000000000002"}
    Authenticated as user 00000000-0000-0000-0001-000000000002 in tenant 00000000-0000-0000-0002-000000000002
    Token expires: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(home.kept('acme')).toEqual(
    JSON.parse(
      credentialsFields({
        token: OTHERS,
        tenant_id: OTHER_TENANT,
        user_id: OTHER_USER,
        admin_api_key: 'the-admin-key',
      }),
    ),
  );
});

test('the unnamed session is overwritten as ever', async () => {
  home.keep();
  const line = `assume-user --tenant-id ${OTHER_TENANT} --user-id ${OTHER_USER}`;
  expect(await home.kscli(line, { [ASSUME]: { json: { token: OTHERS } } }, { env: KEY })).toEndWith('exit 0');
});

test("where nothing names a base URL, the session's own counts", async () => {
  const base_url = 'https://api-staging.knowledgestack.ai';
  home.keepSession('acme', { base_url });
  const me = { [`GET ${base_url}/v1/users/me`]: { json: { id: USER } } };
  expect(await home.kscli('whoami --session acme -f id-only', me)).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme -f id-only
    > GET https://api-staging.knowledgestack.ai/v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  expect(await home.kscli('--session acme api /v1/users/me', me)).toEndWith('exit 0');
  expect(await home.kscli(`--session acme api ${base_url}/v1/users/me`, me)).toEndWith('exit 0');
  expect(
    await home.kscli('whoami --session acme', {}, { env: { KSCLI_BASE_URL: 'https://api.knowledgestack.ai' } }),
  ).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    ! Error: Not authenticated. Run: kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! The credentials in ~/state/.credentials.sessions/acme are for https://api-staging.knowledgestack.ai, but the base URL is https://api.knowledgestack.ai.
    ! Set the base URL back, or run the command above with --replace to move the session there. Nothing was sent.
    exit 2"
  `);
  const assume = { [`POST ${base_url}/v1/auth/assume_user`]: { json: { token: token() } } };
  expect(await home.kscli('assume-user --session acme', assume, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme
    > POST https://api-staging.knowledgestack.ai/v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(home.kept('acme')).toMatchObject({ base_url });
});

test("a session's file that holds another tenant's token sends nothing", async () => {
  home.keepSession('acme', { token: OTHERS });
  expect(await home.kscli('whoami --session acme')).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    ! Error: Wrong identity: session acme: tenant 00000000-0000-0000-0002-000000000002, but 00000000-0000-0000-0002-000000000001 is expected; user 00000000-0000-0000-0001-000000000002, but 00000000-0000-0000-0001-000000000001 is expected
    ! The token says so itself, whatever the credentials file says.
    ! The request was not sent.
    ! Run: kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    exit 2"
  `);
  const checked = await home.kscli('--session acme doctor -f id-only --offline');
  expect(checked.replace(/owner \d+/, 'owner <uid>')).toMatchInlineSnapshot(`
    "$ kscli --session acme doctor -f id-only --offline
    settings
    credentials
    base URL
    network
    system
    environment
    ! kscli does not work: credentials: ~/state/.credentials.sessions/acme (mode 0600, owner <uid>). Run: kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! Error: Wrong identity: session acme: tenant 00000000-0000-0000-0002-000000000002, but 00000000-0000-0000-0002-000000000001 is expected; user 00000000-0000-0000-0001-000000000002, but 00000000-0000-0000-0001-000000000001 is expected
    ! The token says so itself, whatever the credentials file says.
    ! The request was not sent.
    ! Run: kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    exit 2"
  `);
});

test('a session whose renewal brings the token of another identity writes nothing and sends nothing', async () => {
  home.keepSession('acme', { expires_at: '2020-01-01T00:00:00+00:00' });
  const before = readFileSync(join(home.sessions, 'acme'), 'utf8');
  const foreign = { [ASSUME]: { json: { token: OTHERS } } };
  expect(await home.kscli('whoami --session acme', foreign)).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    ! Error: Wrong identity: session acme: The token is for user 00000000-0000-0000-0001-000000000002, not for user 00000000-0000-0000-0001-000000000001. The token is for tenant 00000000-0000-0000-0002-000000000002, not for tenant 00000000-0000-0000-0002-000000000001.
    ! The server gave another token than it was asked for. Nothing was written.
    exit 2"
  `);
  expect(await home.kscli('assume-user --session acme', foreign, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    ! Error: Wrong identity: session acme: The token is for user 00000000-0000-0000-0001-000000000002, not for user 00000000-0000-0000-0001-000000000001. The token is for tenant 00000000-0000-0000-0002-000000000002, not for tenant 00000000-0000-0000-0002-000000000001.
    ! The server gave another token than it was asked for. Nothing was written.
    exit 2"
  `);
  expect(readFileSync(join(home.sessions, 'acme'), 'utf8')).toBe(before);
});
