// Named sessions: how one is chosen, bound, listed, signed out of and removed, each as a transcript.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OTHER_USER, TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, NOW, TOKEN_END, token } from '../kscli.ts';

const OTHER_TENANT = '00000000-0000-0000-0002-000000000002';
const ASSUME = 'POST /v1/auth/assume_user';
const ME = 'GET /v1/users/me';
const KEY = { ADMIN_API_KEY: 'the-admin-key' };
const IDS = `--tenant-id ${TENANT} --user-id ${USER}`;
const ISSUED = { [ASSUME]: { json: { token: token() } } };
const OTHERS = token({ exp: Date.parse(TOKEN_END) / 1000, sub: OTHER_USER, tenant_id: OTHER_TENANT });

let home: Home;
let sessions: string;
beforeEach(() => {
  home = createHome();
  sessions = `${home.credentials}.sessions`;
});
afterEach(() => home.remove());

function keep(name: string, fields: object = {}): void {
  mkdirSync(sessions, { recursive: true, mode: 0o700 });
  writeFileSync(join(sessions, name), credentialsFields(fields), { mode: 0o600 });
}

function kept(name: string): unknown {
  return JSON.parse(readFileSync(join(sessions, name), 'utf8'));
}

test('a session is made beside the unnamed one, 0600 in a directory 0700', async () => {
  expect(await home.kscli(`assume-user --session acme ${IDS}`, ISSUED, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(kept('acme')).toEqual(JSON.parse(credentialsFields({ admin_api_key: 'the-admin-key' })));
  expect(readdirSync(join(home.directory, 'state'))).toEqual(['.credentials.sessions']);
  expect([sessions, join(sessions, 'acme')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
});

test('the flag wins over the variable; an empty flag is the unnamed session, an empty variable is unset', async () => {
  home.keep();
  keep('acme', { token: 'token-of-acme' });
  keep('beta', { token: 'token-of-beta' });
  const me = { [ME]: { json: { id: USER } } };
  const sent = async (line: string, env = {}) =>
    (await home.kscli(line, me, { env })).match(/cookie: ks_uat=(\S+)/)?.[1];
  expect(await sent('whoami --session acme')).toBe('token-of-acme');
  expect(await sent('whoami', { KSCLI_SESSION: 'acme' })).toBe('token-of-acme');
  expect(await sent('whoami --session beta', { KSCLI_SESSION: 'acme' })).toBe('token-of-beta');
  expect(await sent("whoami --session ''", { KSCLI_SESSION: 'acme' })).toBe('<token>');
  expect(await sent('whoami', { KSCLI_SESSION: '' })).toBe('<token>');
});

test('no config key chooses a session', async () => {
  home.keep();
  keep('acme');
  mkdirSync(join(home.directory, '.config/kscli'), { recursive: true });
  writeFileSync(home.config, '{"session": "acme"}');
  expect(await home.kscli('whoami -f json', { [ME]: { json: { id: USER } } })).toMatchInlineSnapshot(`
    "$ kscli whoami -f json
    > GET /v1/users/me | cookie: ks_uat=<token>
    {
      "id": "00000000-0000-0000-0001-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "expires_at": "2026-02-23T12:00:00+00:00"
    }
    ! Warning: session in ~/.config/kscli/config.json is no setting of kscli
    exit 0"
  `);
});

test.each([
  '../x',
  '..',
  '.acme',
  '/etc/passwd',
  'acme/..',
  'CON',
  'con',
  'nul.txt',
  'com1',
  'default',
  'acme.',
  'Acme',
  '-',
  'ä',
  'a b',
  'a\\b',
  'x'.repeat(300),
  'x'.repeat(65),
  'acme.write-lock',
  'acme.refresh-lock',
  'acme.0123456789abcdef.tmp',
])('%s names no session: 64 from the flag, 1 from the variable, and no other one is taken', async (name) => {
  home.keep();
  for (const command of ['whoami', 'logout', 'folders list', `assume-user ${IDS}`]) {
    const typed = await home.kscli(`${command} '--session=${name}'`);
    expect(typed).toContain(`! Error: --session: '${name}' is not a session name`);
    expect(typed).toEndWith('exit 64');
    const set = await home.kscli(command, {}, { env: { KSCLI_SESSION: name } });
    expect(set).toContain(`! Error: KSCLI_SESSION: '${name}' is not a session name`);
    expect(set).toEndWith('exit 1');
  }
  expect(await home.kscli(`sessions remove -- '${name}'`)).toEndWith('exit 64');
  expect(readdirSync(join(home.directory, 'state'))).toEqual(['.credentials']);
});

test.each(['a', '0', 'acme.eu-west_1', 'console', 'x'.repeat(64)])('%s names a session', async (name) => {
  expect(await home.kscli(`assume-user --session ${name} ${IDS}`, ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(existsSync(join(sessions, name))).toBe(true);
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

test('a session is bound: another tenant, user or origin is refused, both named, and nothing is sent', async () => {
  keep('acme');
  const before = readFileSync(join(sessions, 'acme'), 'utf8');
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
  expect(readFileSync(join(sessions, 'acme'), 'utf8')).toBe(before);
});

test('--replace binds it anew, and drops its guard', async () => {
  keep('acme', { read_only: true });
  const line = `assume-user --session acme --replace --tenant-id ${OTHER_TENANT} --user-id ${OTHER_USER}`;
  expect(await home.kscli(line, { [ASSUME]: { json: { token: OTHERS } } }, { env: KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme --replace --tenant-id 00000000-0000-0000-0002-000000000002 --user-id 00000000-0000-0000-0001-000000000002
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000002","user_id":"00000000-0000-0000-0001-000000000002"}
    Authenticated as user 00000000-0000-0000-0001-000000000002 in tenant 00000000-0000-0000-0002-000000000002
    Token expires: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(kept('acme')).toEqual(
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
  keep('acme', { base_url });
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
  expect(kept('acme')).toMatchObject({ base_url });
});

test("a session's file that holds another tenant's token sends nothing", async () => {
  keep('acme', { token: OTHERS });
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
  keep('acme', { expires_at: '2020-01-01T00:00:00+00:00' });
  const before = readFileSync(join(sessions, 'acme'), 'utf8');
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
  expect(readFileSync(join(sessions, 'acme'), 'utf8')).toBe(before);
});

test('ids come from the flags, then the variables, then the session', async () => {
  keep('acme');
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

test('logout --session leaves what binds the session, and nothing secret; assume-user takes it up again', async () => {
  home.keep();
  keep('acme', { read_only: true });
  writeFileSync(join(sessions, 'acme.0123456789abcdef.tmp'), 'half a secret');
  expect(await home.kscli('logout --session acme')).toMatchInlineSnapshot(`
    "$ kscli logout --session acme
    Signed out of session acme (~/state/.credentials.sessions/acme)
    exit 0"
  `);
  expect(readFileSync(join(sessions, 'acme'), 'utf8')).toMatchInlineSnapshot(`
    "{
      "user_id": "00000000-0000-0000-0001-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "base_url": "https://api.knowledgestack.ai",
      "read_only": true
    }
    "
  `);
  expect(readdirSync(sessions)).toEqual(['acme']);
  expect(await home.kscli('logout', {}, { env: { KSCLI_SESSION: 'acme' } })).toMatchInlineSnapshot(`
    "$ kscli logout
    No credentials in ~/state/.credentials.sessions/acme
    exit 0"
  `);
  expect(await home.kscli('whoami --session acme')).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    ! Error: Not authenticated. Run: kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! The session acme is signed out.
    exit 2"
  `);
  expect(await home.kscli('assume-user --session acme', ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(kept('acme')).toMatchObject({ read_only: true });
  expect(existsSync(home.credentials)).toBe(true);
});

test('a plain logout leaves the named sessions alone; --all signs out of every one', async () => {
  home.keep();
  keep('acme');
  keep('broken', { user_id: 5 });
  writeFileSync(join(sessions, 'torn'), '{"token": "secr');
  expect(await home.kscli('logout')).toMatchInlineSnapshot(`
    "$ kscli logout
    Removed ~/state/.credentials
    exit 0"
  `);
  expect(kept('acme')).toEqual(JSON.parse(credentialsFields()));
  home.keep();
  expect(await home.kscli('logout --all')).toMatchInlineSnapshot(`
    "$ kscli logout --all
    Removed ~/state/.credentials
    Signed out of session acme (~/state/.credentials.sessions/acme)
    Signed out of session broken (~/state/.credentials.sessions/broken)
    Signed out of session torn (~/state/.credentials.sessions/torn)
    exit 0"
  `);
  expect(readdirSync(sessions).sort()).toEqual(['acme', 'broken']);
  expect(await home.kscli('logout --all -f json')).toMatchInlineSnapshot(`
    "$ kscli logout --all -f json
    [
      {
        "credentials_path": "~/state/.credentials",
        "removed": false
      },
      {
        "credentials_path": "~/state/.credentials.sessions/acme",
        "removed": false,
        "session": "acme"
      },
      {
        "credentials_path": "~/state/.credentials.sessions/broken",
        "removed": false,
        "session": "broken"
      }
    ]
    exit 0"
  `);
  expect(await home.kscli('logout --all --session acme')).toMatchInlineSnapshot(`
    "$ kscli logout --all --session acme
    ! Error: --all and --session cannot be used together
    ! Usage: kscli logout [options]
    exit 64"
  `);
});

test('--read-only makes a session that only reads: it stays so, and nothing loosens it', async () => {
  expect(await home.kscli(`assume-user --session acme --read-only ${IDS}`, ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(kept('acme')).toMatchObject({ read_only: true });
  expect(await home.kscli('assume-user --session acme', ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(kept('acme')).toMatchObject({ read_only: true });
  expect(
    await home.kscli('tags create --name x --session acme', {}, { env: { KSCLI_READ_ONLY: 'false' } }),
  ).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --session acme
    ! Error: Refused: session acme: POST /v1/tags would change something, and only reading is allowed
    ! Nothing was sent. The session is only for reading, until assume-user with --replace.
    exit 1"
  `);
  expect(await home.kscli('--session acme api POST /v1/tags')).toEndWith('exit 1');
  const found = { 'POST /v1/chunks/search': { json: [] } };
  expect(await home.kscli('--session acme api POST /v1/chunks/search', found)).toEndWith('exit 0');
  expect(await home.kscli('--session acme chunks search -q x', found)).toEndWith('exit 0');
});

test('a renewal keeps the guard', async () => {
  keep('acme', { read_only: true, expires_at: '2020-01-01T00:00:00+00:00' });
  const stubs = { ...ISSUED, [ME]: { json: { id: USER } } };
  expect(await home.kscli('whoami --session acme', stubs)).toEndWith('exit 0');
  expect(kept('acme')).toEqual({ ...JSON.parse(credentialsFields()), read_only: true });
});

test('a flag or a variable tightens a session, and a setting does not stick', async () => {
  keep('acme');
  expect(await home.kscli('tags create --name x --session acme --read-only')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --session acme --read-only
    ! Error: Refused: session acme: POST /v1/tags would change something, and only reading is allowed
    ! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
    exit 1"
  `);
  const guarded = { env: { ...KEY, KSCLI_READ_ONLY: 'true' } };
  expect(await home.kscli('assume-user --session acme', ISSUED, guarded)).toEndWith('exit 0');
  expect(kept('acme')).toEqual(JSON.parse(credentialsFields({ admin_api_key: 'the-admin-key' })));
});

test('the unnamed session is made for reading too, until the next assume-user', async () => {
  expect(await home.kscli(`assume-user --read-only ${IDS}`, ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(await home.kscli('tags create --name x')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x
    ! Error: Refused: POST /v1/tags would change something, and only reading is allowed
    ! Nothing was sent. The session is only for reading, until the next assume-user.
    exit 1"
  `);
  expect(await home.kscli(`assume-user ${IDS}`, ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(await home.kscli('tags create --name x', { 'POST /v1/tags': { json: { id: USER } } })).toEndWith('exit 0');
});

test('a guard that cannot be read is no open one', async () => {
  keep('acme', { read_only: 'no' });
  expect(await home.kscli('tags create --name x --session acme')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --session acme
    ! Error: Not authenticated. Run: kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! The credentials file ~/state/.credentials.sessions/acme has no usable read_only.
    exit 2"
  `);
});

test("whoami's table is as before; json names the session", async () => {
  keep('acme');
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
  keep('acme');
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
  writeFileSync(join(sessions, 'acme'), 'not json');
  expect(await home.kscli('--session acme whoami')).toMatchInlineSnapshot(`
    "$ kscli --session acme whoami
    ! Error: Not authenticated. Run: kscli assume-user --session acme --tenant-id <id> --user-id <id>
    ! The credentials file ~/state/.credentials.sessions/acme does not hold a JSON object.
    exit 2"
  `);
});

test('sessions list shows every session from its file, and changes nothing', async () => {
  home.keep();
  keep('acme', { read_only: true });
  keep('due', { expires_at: '2020-01-01T00:00:00+00:00', base_url: 'http://localhost:8000' });
  keep('lease', { lease_until: '2026-02-23T10:00:00+00:00' });
  keep('out', { token: undefined, admin_api_key: undefined, expires_at: undefined });
  writeFileSync(join(sessions, 'torn'), '{"token"', { mode: 0o644 });
  for (const other of ['acme.write-lock', 'acme.0123456789abcdef.tmp', '.hidden', 'CON']) {
    writeFileSync(join(sessions, other), 'no session');
  }
  expect(await home.kscli('sessions list', {}, { env: { KSCLI_SESSION: 'acme' } })).toMatchInlineSnapshot(`
    "$ kscli sessions list
    ┌─────────┬──────────────────────────────────────┬──────────────────────────────────────┬───────────────────────────────┬────────────┬────────────┬───────────────────────────┬───────────────────────────┐
    │ NAME    │ TENANT_ID                            │ USER_ID                              │ BASE_URL                      │ MODE       │ STATE      │ EXPIRES_AT                │ LEASE_UNTIL               │
    ├─────────┼──────────────────────────────────────┼──────────────────────────────────────┼───────────────────────────────┼────────────┼────────────┼───────────────────────────┼───────────────────────────┤
    │   -     │ 00000000-0000-0000-0002-000000000001 │ 00000000-0000-0000-0001-000000000001 │ https://api.knowledgestack.ai │ read-write │ valid      │ 2026-02-23T12:00:00+00:00 │ -                         │
    │ * acme  │ 00000000-0000-0000-0002-000000000001 │ 00000000-0000-0000-0001-000000000001 │ https://api.knowledgestack.ai │ read-only  │ valid      │ 2026-02-23T12:00:00+00:00 │ -                         │
    │   due   │ 00000000-0000-0000-0002-000000000001 │ 00000000-0000-0000-0001-000000000001 │ http://localhost:8000         │ read-write │ due        │ 2020-01-01T00:00:00+00:00 │ -                         │
    │   lease │ 00000000-0000-0000-0002-000000000001 │ 00000000-0000-0000-0001-000000000001 │ https://api.knowledgestack.ai │ read-write │ ended      │ 2026-02-23T12:00:00+00:00 │ 2026-02-23T10:00:00+00:00 │
    │   out   │ 00000000-0000-0000-0002-000000000001 │ 00000000-0000-0000-0001-000000000001 │ https://api.knowledgestack.ai │ read-write │ signed-out │ -                         │ -                         │
    │   torn  │ -                                    │ -                                    │ -                             │ -          │ unreadable │ -                         │ -                         │
    └─────────┴──────────────────────────────────────┴──────────────────────────────────────┴───────────────────────────────┴────────────┴────────────┴───────────────────────────┴───────────────────────────┘
    ! Warning: torn: The credentials file ~/state/.credentials.sessions/torn does not hold a JSON object.
    exit 0"
  `);
  expect(await home.kscli('sessions list -f json --session acme')).toMatchInlineSnapshot(`
    "$ kscli sessions list -f json --session acme
    [
      {
        "name": "-",
        "current": false,
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "base_url": "https://api.knowledgestack.ai",
        "mode": "read-write",
        "state": "valid",
        "expires_at": "2026-02-23T12:00:00+00:00",
        "lease_until": null
      },
      {
        "name": "acme",
        "current": true,
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "base_url": "https://api.knowledgestack.ai",
        "mode": "read-only",
        "state": "valid",
        "expires_at": "2026-02-23T12:00:00+00:00",
        "lease_until": null
      },
      {
        "name": "due",
        "current": false,
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "base_url": "http://localhost:8000",
        "mode": "read-write",
        "state": "due",
        "expires_at": "2020-01-01T00:00:00+00:00",
        "lease_until": null
      },
      {
        "name": "lease",
        "current": false,
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "base_url": "https://api.knowledgestack.ai",
        "mode": "read-write",
        "state": "ended",
        "expires_at": "2026-02-23T12:00:00+00:00",
        "lease_until": "2026-02-23T10:00:00+00:00"
      },
      {
        "name": "out",
        "current": false,
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "base_url": "https://api.knowledgestack.ai",
        "mode": "read-write",
        "state": "signed-out",
        "expires_at": null,
        "lease_until": null
      },
      {
        "name": "torn",
        "current": false,
        "tenant_id": null,
        "user_id": null,
        "base_url": null,
        "mode": null,
        "state": "unreadable",
        "expires_at": null,
        "lease_until": null
      }
    ]
    ! Warning: torn: The credentials file ~/state/.credentials.sessions/torn does not hold a JSON object.
    exit 0"
  `);
  expect(await home.kscli('sessions list -f id-only')).toMatchInlineSnapshot(`
    "$ kscli sessions list -f id-only
    -
    acme
    due
    lease
    out
    torn
    ! Warning: torn: The credentials file ~/state/.credentials.sessions/torn does not hold a JSON object.
    exit 0"
  `);
  expect(statSync(join(sessions, 'torn')).mode & 0o777).toBe(0o644);
  expect(readdirSync(sessions).sort()).toEqual(
    ['.hidden', 'CON', 'acme', 'acme.0123456789abcdef.tmp', 'acme.write-lock', 'due', 'lease', 'out', 'torn'].sort(),
  );
});

test('sessions list without any', async () => {
  expect(await home.kscli('sessions list')).toMatchInlineSnapshot(`
    "$ kscli sessions list
    No results.
    exit 0"
  `);
  expect(existsSync(join(home.directory, 'state'))).toBe(false);
});

test('sessions remove names what it does not know and removes the others', async () => {
  home.keep();
  for (const name of ['acme', 'beta', 'gamma']) keep(name);
  writeFileSync(join(sessions, 'acme.write-lock'), '');
  expect(await home.kscli('sessions remove acme nobody beta acme')).toMatchInlineSnapshot(`
    "$ kscli sessions remove acme nobody beta acme
    Removed acme
    Removed beta
    ! Error: There is no session nobody
    exit 1"
  `);
  expect(readdirSync(sessions)).toEqual(['gamma']);
  expect(existsSync(home.credentials)).toBe(true);
});

test('sessions remove --ended takes those whose lease is over and those that are signed out, --all every named one', async () => {
  home.keep();
  keep('acme');
  keep('lease', { lease_until: '2026-02-23T10:00:00+00:00' });
  keep('out', { token: undefined, admin_api_key: undefined, expires_at: undefined });
  expect(await home.kscli('sessions remove --ended')).toMatchInlineSnapshot(`
    "$ kscli sessions remove --ended
    Removed lease
    Removed out
    exit 0"
  `);
  writeFileSync(join(sessions, 'new.0123456789abcdef.tmp'), 'half a secret');
  expect(await home.kscli('sessions remove --all -f json')).toMatchInlineSnapshot(`
    "$ kscli sessions remove --all -f json
    [
      {
        "name": "acme",
        "removed": true
      },
      {
        "name": "new",
        "removed": false
      }
    ]
    exit 0"
  `);
  expect(readdirSync(sessions)).toEqual([]);
  expect(existsSync(home.credentials)).toBe(true);
});

test.each(['', '-', "''", 'acme --all', '--all --ended'])('sessions remove %s is wrong usage', async (words) => {
  keep('acme');
  expect(await home.kscli(`sessions remove ${words}`)).toEndWith('exit 64');
  expect(readdirSync(sessions)).toEqual(['acme']);
});

test('logout and sessions remove work with a broken config file', async () => {
  keep('acme');
  keep('beta');
  mkdirSync(join(home.directory, '.config/kscli'), { recursive: true });
  writeFileSync(home.config, '{"base_url"');
  expect(await home.kscli('logout --session acme')).toEndWith('exit 0');
  expect(kept('acme')).not.toHaveProperty('token');
  expect(await home.kscli('sessions remove acme beta')).toEndWith('exit 0');
  expect(await home.kscli('logout --all')).toEndWith('exit 0');
});

test('the variables that exec sets are no mistyped settings, and a near miss of the session is an error', async () => {
  keep('acme');
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
