// kscli login: how a key is tried, and what is kept, each as a transcript.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OTHER_USER, TENANT, USER } from '../backend/server.ts';
import { createHome, type Home } from '../kscli.ts';
import { ENV, FULL, KEY, ME, MINE } from './api-key.ts';
import { OTHER_TENANT } from './exchange.ts';

const REFUSED = { [ME]: { status: 401, json: { detail: 'Invalid API key' } } };

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('a key is tried, and kept in place of token, expiry and admin key', async () => {
  home.keep();
  expect(await home.kscli('login', MINE, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    Logged in successfully (https://api.knowledgestack.ai).
    exit 0"
  `);
  expect(home.kept()).toEqual(FULL);
});

test('json and id-only tell who it is, and never the key', async () => {
  expect(await home.kscli('login -f json', MINE, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login -f json
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    {
      "user_id": "00000000-0000-0000-0001-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "base_url": "https://api.knowledgestack.ai"
    }
    exit 0"
  `);
  expect(await home.kscli('login -f id-only', MINE, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login -f id-only
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
});

test('a key that the server refuses is named by where it came from, and nothing is written', async () => {
  expect(await home.kscli('login', REFUSED, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    ! Error: API key rejected: Invalid API key
    ! The key is the one from KSCLI_API_KEY. Check it and the base URL (https://api.knowledgestack.ai).
    ! Nothing was written.
    exit 2"
  `);
  expect(existsSync(home.credentials)).toBe(false);
  home.keep();
  const before = readFileSync(home.credentials, 'utf8');
  for (const stub of [{ status: 401 }, { status: 403 }, { status: 500 }, { text: '<html>' }, { json: [] }]) {
    expect(await home.kscli('login', { [ME]: stub }, { env: ENV })).not.toEndWith('exit 0');
    expect(readFileSync(home.credentials, 'utf8')).toBe(before);
  }
});

test.each([
  [{ id: USER }],
  [{ current_tenant_id: TENANT }],
  [{ id: 'me', current_tenant_id: TENANT }],
  [{ id: USER, current_tenant_id: null }],
  [{ id: 5, current_tenant_id: [TENANT] }],
])('a server that does not tell whose key it is signs nobody in: %j', async (json) => {
  expect(await home.kscli('login', { [ME]: { json } }, { env: ENV })).toBe(`$ kscli login
> GET /v1/users/me | authorization: Bearer ${KEY}
! Error: The server did not tell whose key this is: no usable id and current_tenant_id
exit 1`);
  expect(existsSync(home.credentials)).toBe(false);
});

test.each([
  ["login --api-key ''", 'The API key from --api-key is empty'],
  ["login --api-key 'two words'", 'The API key from --api-key holds spaces or characters that no key has'],
  [`login --api-key ${KEY} --with-key`, '--api-key and --with-key cannot be used together'],
  ['login --url ftp://x', "--url: 'ftp://x' is not a URL like https://api.example.com"],
  [
    'login --url https://a.example.com --base-url https://b.example.com',
    '--url and --base-url cannot be used together',
  ],
  [`login ${KEY}`, "Unexpected argument '[redacted]'"],
  ['login --api-key', '--api-key needs a value: --api-key <key>'],
])('wrong usage is told: kscli %s', async (line, message) => {
  const lines = (await home.kscli(line)).split('\n').filter((text) => !text.startsWith('! Warning: '));
  expect(lines.slice(1)).toEqual([`! Error: ${message}`, '! Usage: kscli login [options]', 'exit 64']);
});

test('--url is the base URL, and every later command goes there', async () => {
  const server = 'https://api-dev.knowledgestack.ai';
  const stub = { [`GET ${server}/v1/users/me`]: MINE[ME] };
  expect(await home.kscli(`login --url ${server}/`, stub, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login --url https://api-dev.knowledgestack.ai/
    > GET https://api-dev.knowledgestack.ai/v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    Logged in successfully (https://api-dev.knowledgestack.ai).
    exit 0"
  `);
  expect(existsSync(home.config)).toBe(false);
  expect(await home.kscli('whoami', stub)).toMatchInlineSnapshot(`
    "$ kscli whoami
    > GET https://api-dev.knowledgestack.ai/v1/users/me | authorization: Bearer sk-user-0123456789abcdef
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
  expect(await home.kscli(`api ${server}/v1/users/me`, stub)).toContain(`> GET ${server}/v1/users/me | authorization`);
  expect(await home.kscli('login', stub, { env: ENV })).toContain(`Logged in successfully (${server}).`);
  expect(await home.kscli('whoami --base-url https://api.knowledgestack.ai')).toMatchInlineSnapshot(`
    "$ kscli whoami --base-url https://api.knowledgestack.ai
    ! Error: Not authenticated. Run: kscli login
    ! The credentials in ~/state/.credentials are for https://api-dev.knowledgestack.ai, but the base URL is https://api.knowledgestack.ai.
    ! Run the command above to act there, or set the base URL back. Nothing was sent.
    exit 2"
  `);
});

test('a named session is bound by what the server says', async () => {
  expect(await home.kscli('login --session own --read-only', MINE, { env: ENV })).toEndWith('exit 0');
  const first = home.kept('own');
  expect(first).toEqual({ ...FULL, read_only: true });
  const others = { [ME]: { json: { id: OTHER_USER, current_tenant_id: OTHER_TENANT } } };
  expect(await home.kscli('login --session own', others, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login --session own
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    ! Error: Refused: session own: it is for tenant 00000000-0000-0000-0002-000000000001, not for 00000000-0000-0000-0002-000000000002; for user 00000000-0000-0000-0001-000000000001, not for 00000000-0000-0000-0001-000000000002
    ! Nothing was written. Choose another name, or bind this one anew with --replace.
    exit 1"
  `);
  expect(
    await home.kscli('login --session own --url https://api-dev.knowledgestack.ai', {}, { env: ENV }),
  ).toMatchInlineSnapshot(`
    "$ kscli login --session own --url https://api-dev.knowledgestack.ai
    ! Error: Refused: session own: it is for base URL https://api.knowledgestack.ai, not for https://api-dev.knowledgestack.ai
    ! Nothing was sent. Choose another name, or bind this one anew with --replace.
    exit 1"
  `);
  expect(home.kept('own')).toEqual(first);
  // Renewed as what it is, and only --replace loosens it.
  expect(await home.kscli('login --session own', MINE, { env: ENV })).toEndWith('exit 0');
  expect(home.kept('own')).toEqual(first);
  expect(await home.kscli('login --session own --replace', others, { env: ENV })).toEndWith('exit 0');
  expect(home.kept('own')).toEqual({ ...FULL, user_id: OTHER_USER, tenant_id: OTHER_TENANT });
});

test('under a pin for somebody else nothing is written', async () => {
  expect(await home.kscli(`login --expect-tenant ${OTHER_TENANT}`, MINE, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login --expect-tenant 00000000-0000-0000-0002-000000000002
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    ! Error: Wrong identity: tenant 00000000-0000-0000-0002-000000000001, but 00000000-0000-0000-0002-000000000002 is expected
    ! Nothing was written.
    ! Sign in with a key of that user: kscli login
    exit 2"
  `);
  expect(existsSync(home.credentials)).toBe(false);
});

test('an unsafe place is refused before the key is asked for or sent', async () => {
  mkdirSync(dirname(home.credentials), { recursive: true, mode: 0o700 });
  const env = { ...ENV, KSCLI_CREDENTIALS_PATH: '/dev/null/credentials' };
  expect(await home.kscli('login', {}, { env })).toMatchInlineSnapshot(`
    "$ kscli login
    ! Error: Unsafe place for credentials: /dev/null is not a directory
    ! Another user could swap the file there. Set KSCLI_CREDENTIALS_PATH to a file in a directory of your own.
    exit 1"
  `);
});

test('settings show names the server of a login, and where it comes from', async () => {
  const server = 'https://api-dev.knowledgestack.ai';
  await home.kscli(`login --url ${server}`, { [`GET ${server}/v1/users/me`]: MINE[ME] }, { env: ENV });
  const shown = await home.kscli('settings show -f json');
  expect(shown).toContain(`"base_url": "${server}"`);
  expect(shown).toContain('"base_url": "base_url in ~/state/.credentials"');
  const set = await home.kscli('settings show -f json', {}, { env: { KSCLI_BASE_URL: 'https://other.example.com' } });
  expect(set).toContain('"base_url": "https://other.example.com"');
});
