// kscli login: where the key comes from, how it is tried, and what is kept, each as a transcript.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OTHER_USER, TENANT, USER } from '../backend/server.ts';
import { createHome, type Home } from '../kscli.ts';

const OTHER_TENANT = '00000000-0000-0000-0002-000000000002';
const KEY = 'sk-user-0123456789abcdef';
const ME = 'GET /v1/users/me';
const MINE = { [ME]: { json: { id: USER, email: 'user@example.com', current_tenant_id: TENANT } } };
const REFUSED = { [ME]: { status: 401, json: { detail: 'Invalid API key' } } };
const ENV = { KSCLI_API_KEY: KEY };

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

function kept(path = home.credentials): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

test('a key is tried, and kept in place of token, expiry and admin key', async () => {
  home.keep();
  expect(await home.kscli('login', MINE, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    Logged in successfully (https://api.knowledgestack.ai).
    exit 0"
  `);
  expect(kept()).toEqual({
    api_key: KEY,
    base_url: 'https://api.knowledgestack.ai',
    user_id: USER,
    tenant_id: TENANT,
  });
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

test('the flag wins over the variable, and the variable over the file; an empty variable is unset', async () => {
  const file = join(home.directory, 'key.txt');
  writeFileSync(file, 'sk-user-from-file\n');
  const used = async (line: string, env: Record<string, string>, stdin = '') =>
    (await home.kscli(line, MINE, { env, stdin })).match(/authorization: Bearer (\S+)/)?.[1];
  const both = { KSCLI_API_KEY: 'sk-user-from-variable', KSCLI_API_KEY_FILE: file };
  expect(await used('login --api-key sk-user-from-flag', both)).toBe('sk-user-from-flag');
  expect(await used('login -k sk-user-from-flag', both)).toBe('sk-user-from-flag');
  expect(await used('login --with-key', both, 'sk-user-from-input')).toBe('sk-user-from-input');
  expect(await used('login', both)).toBe('sk-user-from-variable');
  expect(await used('login', { ...both, KSCLI_API_KEY: '' })).toBe('sk-user-from-file');
  expect(await used('login', { KSCLI_API_KEY_FILE: '~/key.txt' })).toBe('sk-user-from-file');
});

test('a key in the argument list gets a warning', async () => {
  expect(await home.kscli(`login --api-key ${KEY}`, MINE)).toMatchInlineSnapshot(`
    "$ kscli login --api-key sk-user-0123456789abcdef
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    Logged in successfully (https://api.knowledgestack.ai).
    ! Warning: A key in the argument list can be seen by other users of this machine, and the shell's history keeps it. Better: KSCLI_API_KEY, or --with-key.
    exit 0"
  `);
});

test('of standard input exactly one line end is dropped', async () => {
  const login = async (stdin: string) => (await home.kscli('login --with-key', MINE, { stdin })).includes('exit 0');
  expect(await Promise.all([KEY, `${KEY}\n`, `${KEY}\r\n`].map(login))).toEqual([true, true, true]);
  for (const stdin of [`${KEY}\n\n`, `${KEY} \n`, ` ${KEY}`, `${KEY}\r`, `\ufeff${KEY}`, `${KEY}\nx`, 'schlüssel'])
    expect(await home.kscli('login --with-key', {}, { stdin })).toBe(`$ kscli login --with-key
! Error: The API key from standard input holds spaces or characters that no key has
! Usage: kscli login [options]
exit 64`);
  for (const stdin of ['', '\n'])
    expect(await home.kscli('login --with-key', {}, { stdin })).toBe(`$ kscli login --with-key
! Error: The API key from standard input is empty
! Usage: kscli login [options]
exit 64`);
  expect(await home.kscli('login --with-key', {}, { stdin: 'x'.repeat(70_000) })).toEndWith(
    '! Error: Standard input is too large for a key\n! Usage: kscli login [options]\nexit 64',
  );
});

test('without a key and without a terminal nothing waits: wrong usage', async () => {
  expect(await home.kscli('login')).toMatchInlineSnapshot(`
    "$ kscli login
    ! Error: There is no API key, and nobody can be asked here
    ! Set KSCLI_API_KEY or KSCLI_API_KEY_FILE, or pipe the key into kscli login --with-key.
    ! Usage: kscli login [options]
    exit 64"
  `);
  expect(await home.kscli('login', {}, { env: { KSCLI_API_KEY: '', KSCLI_API_KEY_FILE: '' } })).toEndWith('exit 64');
});

test('at a terminal the key is asked for, also where it would be typed as standard input', async () => {
  const options = { isTerminal: true, stdin: ` ${KEY} \n` };
  expect(await home.kscli('login', MINE, options)).toMatchInlineSnapshot(`
    "$ kscli login
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    Logged in successfully (https://api.knowledgestack.ai).
    ! API key for api.knowledgestack.ai (it is not shown): 
    exit 0"
  `);
  expect(await home.kscli('login --with-key', MINE, options)).toContain(`Bearer ${KEY}`);
  expect(await home.kscli('login', {}, { isTerminal: true, stdin: '' })).toMatchInlineSnapshot(`
    "$ kscli login
    ! API key for api.knowledgestack.ai (it is not shown): 
    ! \x1B[31mError:\x1B[0m The API key from the prompt is empty
    ! Usage: kscli login [options]
    exit 64"
  `);
});

test.each([
  [{ KSCLI_API_KEY: 'two words' }, 'The API key from KSCLI_API_KEY holds spaces or characters that no key has'],
  [{ KSCLI_API_KEY: 'line\nend' }, 'The API key from KSCLI_API_KEY holds spaces or characters that no key has'],
  [
    { KSCLI_API_KEY_FILE: '/no/such/file' },
    'The API key file /no/such/file (KSCLI_API_KEY_FILE) cannot be read: no such file',
  ],
  [{ KSCLI_API_KEY_FILE: '/' }, 'The API key file / (KSCLI_API_KEY_FILE) cannot be read: it is a directory'],
  [
    { KSCLI_API_KEY_FILE: '/dev/null' },
    'The API key file /dev/null (KSCLI_API_KEY_FILE) cannot be read: it is neither a file nor a pipe',
  ],
])('a variable that gives no key is a configuration error: %j', async (env, message) => {
  expect(await home.kscli('login', {}, { env })).toBe(`$ kscli login
! Error: ${message}
exit 1`);
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

test('the mistyped name of the variable is an error, not another source', async () => {
  expect(await home.kscli('login', {}, { env: { KSCLI_APIKEY: KEY } })).toMatchInlineSnapshot(`
    "$ kscli login
    ! Error: KSCLI_APIKEY is no setting of kscli
    ! Did you mean KSCLI_API_KEY? Correct or remove it.
    exit 1"
  `);
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
    │ email             │ user@example.com                     │
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
  const file = join(`${home.credentials}.sessions`, 'own');
  const first = kept(file);
  expect(first).toEqual({
    api_key: KEY,
    base_url: 'https://api.knowledgestack.ai',
    user_id: USER,
    tenant_id: TENANT,
    read_only: true,
  });
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
  expect(kept(file)).toEqual(first);
  // Renewed as what it is, and only --replace loosens it.
  expect(await home.kscli('login --session own', MINE, { env: ENV })).toEndWith('exit 0');
  expect(kept(file)).toEqual(first);
  expect(await home.kscli('login --session own --replace', others, { env: ENV })).toEndWith('exit 0');
  expect(kept(file)).toEqual({
    ...(first as object),
    user_id: OTHER_USER,
    tenant_id: OTHER_TENANT,
    read_only: undefined,
  });
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
  expect(await home.kscli('login', {}, { env })).toEndWith('exit 1');
});
