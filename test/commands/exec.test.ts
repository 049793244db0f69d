// exec, token and prompt: what goes to another program, and what never does.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composePrompt } from '../../src/commands/prompt.ts';
import type { World } from '../../src/world.ts';
import { OTHER_USER, TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, NOW, TOKEN_END, token } from '../kscli.ts';

const ASSUME = 'POST /v1/auth/assume_user';
const ISSUED = { [ASSUME]: { json: { token: token() } } };
const SOON = '2026-02-23T11:00:50+00:00';
const KEYS = {
  ADMIN_API_KEY: 'k',
  ADMIN_API_KEY_FILE: '/k',
  KSCLI_API_KEY: 'k',
  KSCLI_API_KEY_FILE: '/k',
  KS_UAT: 'old',
};
const PATH = { PATH: '/usr/bin:/bin' };

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

function keep(name: string, fields: object = {}): void {
  const sessions = `${home.credentials}.sessions`;
  mkdirSync(sessions, { recursive: true, mode: 0o700 });
  writeFileSync(join(sessions, name), credentialsFields(fields), { mode: 0o600 });
}

test('exec runs a command for one session, without the keys and without the token', async () => {
  keep('acme');
  const env = { ...PATH, ...KEYS, OTHER: 'stays' };
  expect(await home.kscli('exec --session acme -- env -i --session x', {}, { env })).toMatchInlineSnapshot(`
    "$ kscli exec --session acme -- env -i --session x
    runs env -i --session x
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=acme
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    KSCLI_SESSION=acme
    KSCLI_SESSION_EXPIRES_AT=2026-02-23T12:00:00+00:00
    without ADMIN_API_KEY
    without ADMIN_API_KEY_FILE
    without KSCLI_API_KEY
    without KSCLI_API_KEY_FILE
    without KS_UAT
    exit 0"
  `);
});

test('exec for the unnamed session names none inside; without a command it is the shell', async () => {
  home.keep();
  expect(await home.kscli('exec', {}, { env: { SHELL: '/bin/sh' } })).toMatchInlineSnapshot(`
    "$ kscli exec
    runs /bin/sh
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=-
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    KSCLI_SESSION_EXPIRES_AT=2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(await home.kscli("exec --session ''", {}, { env: { KSCLI_SESSION: 'acme' } })).toMatchInlineSnapshot(`
    "$ kscli exec --session ''
    runs /bin/sh
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=-
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    KSCLI_SESSION_EXPIRES_AT=2026-02-23T12:00:00+00:00
    without KSCLI_SESSION
    exit 0"
  `);
});

test('exec of a session that only reads says so inside, and a setting does too', async () => {
  keep('acme', { read_only: true });
  keep('beta');
  expect(await home.kscli('exec --session acme -- true', {}, { env: PATH })).toMatchInlineSnapshot(`
    "$ kscli exec --session acme -- true
    runs true
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=acme
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    KSCLI_READ_ONLY=true
    KSCLI_SESSION=acme
    KSCLI_SESSION_EXPIRES_AT=2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(await home.kscli('exec --session beta --read-only -- true', {}, { env: PATH })).toContain(
    'KSCLI_READ_ONLY=true',
  );
});

test('exec --with-token renews a token with less than 5 minutes left', async () => {
  keep('acme', { token: 'old-token', expires_at: '2026-02-23T11:04:59+00:00' });
  keep('beta', { token: 'good-token', expires_at: '2026-02-23T11:05:00+00:00' });
  expect(await home.kscli('exec --session acme --with-token -- true', ISSUED, { env: PATH })).toMatchInlineSnapshot(`
    "$ kscli exec --session acme --with-token -- true
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    runs true
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=acme
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    KSCLI_SESSION=acme
    KSCLI_SESSION_EXPIRES_AT=2026-02-23T12:00:00+00:00
    KS_UAT=<token>
    exit 0"
  `);
  expect(await home.kscli('exec --session beta --with-token -- true', {}, { env: PATH })).toContain(
    'KS_UAT=good-token',
  );
});

test('exec --with-token of what only reads is refused with 125, unless --unguarded', async () => {
  keep('acme', { read_only: true });
  expect(await home.kscli('exec --session acme --with-token -- true', {}, { env: PATH })).toMatchInlineSnapshot(`
    "$ kscli exec --session acme --with-token -- true
    ! Error: Refused: session acme: only reading is allowed, and a token alone could change anything
    ! With --unguarded it is handed out all the same.
    exit 125"
  `);
  const line = 'exec --session acme --with-token --unguarded -- true';
  expect(await home.kscli(line, {}, { env: PATH })).toContain('KS_UAT=<token>');
});

test('exec ends with 125 for what kscli cannot do, 126 and 127 for the program, 64 for wrong usage', async () => {
  keep('acme');
  expect(await home.kscli('exec --session nobody -- true')).toMatchInlineSnapshot(`
    "$ kscli exec --session nobody -- true
    ! Error: Not authenticated. Run: kscli assume-user --session nobody --tenant-id <id> --user-id <id>
    ! There are no credentials in ~/state/.credentials.sessions/nobody.
    exit 125"
  `);
  expect(await home.kscli('exec --session acme --expect-user 00000000-0000-0000-0001-000000000009 -- true')).toEndWith(
    'exit 125',
  );
  expect(await home.kscli('exec -- true', {}, { env: { KSCLI_SESSION: '../x' } })).toEndWith('exit 125');
  expect(await home.kscli('exec --session ../x -- true')).toEndWith('exit 64');
  expect(await home.kscli('exec --session acme --bogus')).toEndWith('exit 64');
  expect(await home.kscli('exec --session acme --unguarded -- true')).toEndWith('exit 64');
  expect(await home.kscli('exec --session acme -- nope', {}, { env: PATH })).toMatchInlineSnapshot(`
    "$ kscli exec --session acme -- nope
    ! Error: 'nope': command not found
    exit 127"
  `);
  writeFileSync(join(home.directory, 'text'), '', { mode: 0o644 });
  const inHome = { env: { PATH: home.directory } };
  expect(await home.kscli('exec --session acme -- text', {}, inHome)).toMatchInlineSnapshot(`
    "$ kscli exec --session acme -- text
    ! Error: 'text' cannot be run (EACCES)
    exit 126"
  `);
  expect(await home.kscli(`exec --session acme -- ${home.directory}`)).toEndWith('exit 126');
  expect(await home.kscli("exec --session acme -- ''", {}, { env: PATH })).toEndWith('exit 127');
});

test('inside one session no other is opened, unless --nested, and a guard is only tightened', async () => {
  keep('acme');
  keep('beta', { user_id: OTHER_USER, token: 'token-of-beta', base_url: 'http://localhost:8000' });
  const inside = {
    ...PATH,
    KSCLI_EXEC: 'acme',
    KSCLI_SESSION: 'acme',
    KSCLI_BASE_URL: 'https://api.knowledgestack.ai',
    KSCLI_EXPECT_TENANT: TENANT,
    KSCLI_EXPECT_USER: USER,
    KSCLI_SESSION_EXPIRES_AT: TOKEN_END,
    KSCLI_READ_ONLY: 'true',
  };
  expect(await home.kscli('exec -- true', {}, { env: inside })).toMatchInlineSnapshot(`
    "$ kscli exec -- true
    runs true
    exit 0"
  `);
  expect(await home.kscli('exec --session beta -- true', {}, { env: inside })).toMatchInlineSnapshot(`
    "$ kscli exec --session beta -- true
    ! Error: Refused: session beta: this is inside kscli exec for session acme
    ! With --nested it is opened all the same.
    exit 125"
  `);
  expect(await home.kscli('exec --session beta --nested -- true', {}, { env: inside })).toMatchInlineSnapshot(`
    "$ kscli exec --session beta --nested -- true
    runs true
    KSCLI_BASE_URL=http://localhost:8000
    KSCLI_EXEC=beta
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000002
    KSCLI_SESSION=beta
    exit 0"
  `);
  const unnamed = { ...PATH, KSCLI_EXEC: '-' };
  expect(await home.kscli('exec --session beta -- true', {}, { env: unnamed })).toEndWith('exit 125');
});

test('token prints one that lasts, renewed where it does not', async () => {
  keep('acme');
  expect(await home.kscli('token --session acme')).toMatchInlineSnapshot(`
    "$ kscli token --session acme
    <token>
    exit 0"
  `);
  expect(await home.kscli('token --session acme -f json')).toMatchInlineSnapshot(`
    "$ kscli token --session acme -f json
    {
      "cookie": "ks_uat=<token>",
      "token": "<token>",
      "expires_at": "2026-02-23T12:00:00+00:00",
      "base_url": "https://api.knowledgestack.ai",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "user_id": "00000000-0000-0000-0001-000000000001",
      "session": "acme"
    }
    exit 0"
  `);
  keep('acme', { token: 'old-token', expires_at: SOON });
  expect(await home.kscli('token --session acme --min-valid 50')).toContain('old-token');
  expect(await home.kscli('token --session acme', ISSUED)).toMatchInlineSnapshot(`
    "$ kscli token --session acme
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    <token>
    exit 0"
  `);
});

test('a token lives no longer than the server makes it: what there is, and a warning', async () => {
  home.keep();
  expect(await home.kscli('token --min-valid 7200', ISSUED)).toMatchInlineSnapshot(`
    "$ kscli token --min-valid 7200
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    <token>
    ! Warning: The token is good for 3600 seconds, not for 7200: the server makes no longer ones.
    exit 0"
  `);
});

test('on a terminal a warning goes first', async () => {
  home.keep();
  expect(await home.kscli('token', {}, { isTerminal: true, env: { NO_COLOR: '1' } })).toMatchInlineSnapshot(`
    "$ kscli token
    <token>
    ! Warning: This is a token: whoever sees it can act as user 00000000-0000-0000-0001-000000000001 until 2026-02-23T12:00:00+00:00.
    exit 0"
  `);
});

test('token of what only reads is refused, unless --unguarded', async () => {
  keep('acme', { read_only: true });
  expect(await home.kscli('token --session acme')).toMatchInlineSnapshot(`
    "$ kscli token --session acme
    ! Error: Refused: session acme: only reading is allowed, and a token alone could change anything
    ! With --unguarded it is handed out all the same.
    exit 1"
  `);
  expect(await home.kscli('token --session acme --curl /v1/users/me')).toEndWith('exit 1');
  expect(await home.kscli('token', {}, { env: { KSCLI_READ_ONLY: 'true', KSCLI_SESSION: 'acme' } })).toEndWith(
    'exit 1',
  );
  expect(await home.kscli('token --session acme --unguarded')).toEndWith('exit 0');
});

test('token --curl is a config for curl: one address, one cookie, no redirect, no other host', async () => {
  home.keep();
  const line = `token --curl '/v1/folders?name=a"b\\{c,d}[1-2]'`;
  const env = { HTTPS_PROXY: 'http://user:p%22w@proxy.example.com:3128', KSCLI_CA_BUNDLE: '/etc/ca "x".pem' };
  expect(await home.kscli(line, {}, { env })).toMatchInlineSnapshot(`
    "$ kscli token --curl '/v1/folders?name=a"b\\{c,d}[1-2]'
    url = "https://api.knowledgestack.ai/v1/folders?name=a%22b%5C%7Bc%2Cd%7D%5B1-2%5D"
    cookie = "ks_uat=<token>"
    proto = "=https"
    max-redirs = 0
    globoff
    cacert = "/etc/ca \\"x\\".pem"
    proxy = "http://user:p%22w@proxy.example.com:3128/"
    noproxy = ""
    exit 0"
  `);
  home.keep(credentialsFields({ base_url: 'http://127.0.0.1:8000' }));
  const local = { env: { KSCLI_BASE_URL: 'http://127.0.0.1:8000', HTTP_PROXY: 'http://proxy.example.com:3128' } };
  expect(await home.kscli('token --curl /v1/users/me', {}, local)).toMatchInlineSnapshot(`
    "$ kscli token --curl /v1/users/me
    url = "http://127.0.0.1:8000/v1/users/me"
    cookie = "ks_uat=<token>"
    proto = "=http"
    max-redirs = 0
    globoff
    noproxy = "*"
    exit 0"
  `);
  expect(await home.kscli('token --curl https://evil.example.com/', {}, local)).toEndWith('exit 64');
});

test.each([
  ['read-only 42m', { read_only: true, expires_at: '2026-02-23T11:42:59+00:00' }],
  ['99m', { expires_at: '2026-02-23T12:39:59+00:00' }],
  ['1h', { expires_at: '2026-02-23T12:40:00+00:00' }],
  ['23h', { expires_at: '2026-02-24T10:30:00+00:00' }],
  ['0m', { expires_at: '2026-02-23T11:00:30+00:00' }],
  ['due', { expires_at: '2020-01-01T00:00:00+00:00' }],
  ['20m', { expires_at: '2020-01-01T00:00:00+00:00', lease_until: '2026-02-23T11:20:00+00:00' }],
  ['ended', { lease_until: '2026-02-23T10:00:00+00:00' }],
  [
    'read-only ended',
    { read_only: true, token: undefined, admin_api_key: undefined, lease_until: '2026-02-23T10:00:00+00:00' },
  ],
  ['', { token: undefined, admin_api_key: undefined, expires_at: undefined, read_only: true }],
])('prompt says %s', async (said, fields) => {
  const line = (name: string) => `${`${name} ${said}`.trim()}\n`;
  keep('acme', fields);
  expect(await home.kscli('prompt --session acme')).toBe(`$ kscli prompt --session acme\n${line('acme')}exit 0`);
  expect(await quickly({ KSCLI_SESSION: 'acme' })).toBe(line('acme'));
  home.keep(credentialsFields(fields));
  expect(await quickly({})).toBe(line('00000000'));
});

/** As for a line without flags. */
function quickly(env: Record<string, string>): Promise<string> {
  const world = { env: { KSCLI_CREDENTIALS_PATH: home.credentials, ...env }, home: home.directory, platform: 'linux' };
  return composePrompt({ ...world, userId: process.geteuid?.(), now: () => NOW } as unknown as World);
}

test('prompt is empty and ends with 0 without credentials, with a wrong name, with broken files, and changes nothing', async () => {
  expect(await home.kscli('prompt')).toMatchInlineSnapshot(`
    "$ kscli prompt
    exit 0"
  `);
  expect(await home.kscli('prompt --session acme')).toEndWith('acme\nexit 0');
  expect(await home.kscli('prompt', {}, { env: { KSCLI_SESSION: '../x', KSCLI_TIMEOUT: 'x' } })).toEndWith(
    'prompt\nexit 0',
  );
  expect(await quickly({ KSCLI_SESSION: '../x' })).toBe('');
  home.keep('not json');
  expect(await quickly({})).toBe('');
  home.keep();
  chmodSync(home.credentials, 0o644);
  expect(await quickly({})).toBe('00000000 60m\n');
  expect(statSync(home.credentials).mode & 0o777).toBe(0o644);
  expect(await quickly({ KSCLI_CREDENTIALS_PATH: join(home.directory, 'state') })).toBe('00000000 60m\n');
  chmodSync(home.credentials, 0o666);
  expect(await quickly({})).toBe('');
  expect(readFileSync(home.credentials, 'utf8')).toBe(credentialsFields());
});
