// Named sessions: how one is made, chosen and shown, each as a transcript.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, NOW, TOKEN_END } from '../kscli.ts';
import { IDS, ISSUED, KEY, OTHER_TENANT } from './exchange.ts';

const ME = 'GET /v1/users/me';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('a session is made beside the unnamed one, 0600 in a directory 0700', async () => {
  expect(await home.kscli(`assume-user --session acme ${IDS}`, ISSUED, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(home.kept('acme')).toEqual(JSON.parse(credentialsFields({ admin_api_key: 'the-admin-key' })));
  expect(readdirSync(join(home.directory, 'state'))).toEqual(['.credentials.sessions']);
  expect([home.sessions, join(home.sessions, 'acme')].map((path) => statSync(path).mode & 0o777)).toEqual([
    0o700, 0o600,
  ]);
});

test('the flag wins over the variable; an empty flag is the unnamed session, an empty variable is unset', async () => {
  home.keep();
  home.keepSession('acme', { token: 'token-of-acme' });
  home.keepSession('beta', { token: 'token-of-beta' });
  const me = { [ME]: { json: { id: USER } } };
  const sent = async (line: string, env = {}) =>
    (await home.kscli(line, me, { env })).match(/cookie: ks_uat=(\S+)/)?.[1];
  expect(await sent('whoami --session acme')).toBe('token-of-acme');
  expect(await sent('whoami', { KSCLI_SESSION: 'acme' })).toBe('token-of-acme');
  expect(await sent('whoami --session beta', { KSCLI_SESSION: 'acme' })).toBe('token-of-beta');
  expect(await sent("whoami --session ''", { KSCLI_SESSION: 'acme' })).toBe('<token>');
  expect(await sent('whoami', { KSCLI_SESSION: '' })).toBe('<token>');
});

test('no config key chooses a session, and whoever believes that one does is told before anything is sent', async () => {
  home.keep();
  home.keepSession('acme');
  home.configure('{"session": "acme"}');
  expect(await home.kscli('whoami -f json')).toMatchInlineSnapshot(`
    "$ kscli whoami -f json
    ! Error: session in ~/.config/kscli/config.json is no setting of kscli
    ! Did you mean KSCLI_SESSION? To remove it: kscli settings unset session
    exit 1"
  `);
});

test('a session that does not exist is never another one', async () => {
  home.keep();
  expect(await home.kscli('whoami --session acme')).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    ! Error: Not authenticated. Run: kscli assume-user --session acme --tenant-id <id> --user-id <id>
    ! There are no credentials in ~/state/.credentials.sessions/acme.
    exit 2"
  `);
});

test('ids come from the flags, then the variables, then the session', async () => {
  home.keepSession('acme');
  expect(await home.kscli('assume-user --session acme', ISSUED, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(await home.kscli('assume-user --session beta', {}, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session beta
    ! Error: Missing --tenant-id <uuid> and --user-id <uuid>
    ! In a script, KSCLI_TENANT_ID and KSCLI_USER_ID do the same.
    ! Usage: kscli assume-user [options]
    exit 64"
  `);
  home.keep();
  expect(await home.kscli('assume-user', {}, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user
    ! Error: Missing --tenant-id <uuid> and --user-id <uuid>
    ! In a script, KSCLI_TENANT_ID and KSCLI_USER_ID do the same.
    ! Usage: kscli assume-user [options]
    exit 64"
  `);
});

test("whoami's table is as before; json names the session", async () => {
  home.keepSession('acme');
  const me = { [ME]: { json: { id: USER, email: 'user@example.com' } } };
  expect(await home.kscli('whoami --session acme', me)).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
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
  expect(await home.kscli('whoami --session acme -f json', me)).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme -f json
    > GET /v1/users/me | cookie: ks_uat=<token>
    {
      "id": "00000000-0000-0000-0001-000000000001",
      "email": "user@example.com",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "expires_at": "2026-02-23T12:00:00+00:00",
      "session": "acme"
    }
    exit 0"
  `);
});

test('questions, refusals and commands to run name the session', async () => {
  home.keepSession('acme');
  const terminal = { isTerminal: true, stdin: 'n\n', env: { NO_COLOR: '1' } };
  expect(await home.kscli('--session acme api DELETE /v1/tags/x', {}, terminal)).toMatchInlineSnapshot(`
    "$ kscli --session acme api DELETE /v1/tags/x
    ! Session acme: DELETE /v1/tags/x of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: session acme: Nothing was changed
    exit 1"
  `);
  const refused = { [ME]: [{ status: 401 }, { status: 401 }], ...ISSUED };
  expect(await home.kscli('--session acme whoami', refused)).toMatchInlineSnapshot(`
    "$ kscli --session acme whoami
    > GET /v1/users/me | cookie: ks_uat=<token>
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    ! Error: Session expired. Run: kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    exit 2"
  `);
  expect(await home.kscli(`--session acme whoami --expect-tenant ${OTHER_TENANT}`)).toMatchInlineSnapshot(`
    "$ kscli --session acme whoami --expect-tenant 00000000-0000-0000-0002-000000000002
    ! Error: Wrong identity: session acme: tenant 00000000-0000-0000-0002-000000000001, but 00000000-0000-0000-0002-000000000002 is expected
    ! Nothing was sent.
    ! Choose a session of that identity: kscli sessions list
    exit 2"
  `);
  writeFileSync(join(home.sessions, 'acme'), 'not json');
  expect(await home.kscli('--session acme whoami')).toMatchInlineSnapshot(`
    "$ kscli --session acme whoami
    ! Error: Not authenticated. Run: kscli assume-user --session acme --tenant-id <id> --user-id <id>
    ! The credentials file ~/state/.credentials.sessions/acme does not hold a JSON object.
    exit 2"
  `);
});

test('the variables that exec sets are no mistyped settings, and a near miss of the session is an error', async () => {
  home.keepSession('acme');
  const inside = { KSCLI_SESSION: 'acme', KSCLI_EXEC: 'acme', KSCLI_SESSION_EXPIRES_AT: TOKEN_END };
  const me = { [ME]: { json: { id: USER } } };
  expect(await home.kscli('whoami -f id-only', me, { env: inside, now: NOW })).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  expect(await home.kscli('sessions list', {}, { env: { KSCLI_SESION: 'acme' } })).toMatchInlineSnapshot(`
    "$ kscli sessions list
    ! Error: KSCLI_SESION is no setting of kscli
    ! Did you mean KSCLI_SESSION? Correct or remove it.
    exit 1"
  `);
});
