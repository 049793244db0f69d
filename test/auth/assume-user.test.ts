// kscli assume-user: what is sent, what is kept, what is said.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home, type Stub, token } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const ROUTE = 'POST /v1/auth/assume_user';
const GRANTED = { [ROUTE]: { json: { token: token() } } };
const KEY = { env: { ADMIN_API_KEY: 'the-admin-key' } };
const KEPT = {
  token: token(),
  user_id: USER,
  tenant_id: TENANT,
  expires_at: '2026-02-23T12:00:00+00:00',
  admin_api_key: 'the-admin-key',
  base_url: 'https://api.knowledgestack.ai',
};

test('exchanges the admin key for a token and keeps it', async () => {
  expect(await home.kscli(LINE, GRANTED, KEY)).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(home.kept()).toEqual(KEPT);
  expect(statSync(home.credentials).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(home.credentials)).mode & 0o777).toBe(0o700);
});

/** The transcript above, with the key that was sent. */
function tellSignIn(key: string): string {
  return `$ kscli ${LINE}
> ${ROUTE} | x-admin-api-key: ${key} | {"tenant_id":"${TENANT}","user_id":"${USER}"}
Authenticated as user ${USER} in tenant ${TENANT}
Token expires: 2026-02-23T12:00:00+00:00
exit 0`;
}

test('json and yaml hold neither token nor key', async () => {
  expect(await home.kscli(`-f json ${LINE}`, GRANTED, KEY)).toMatchInlineSnapshot(`
    "$ kscli -f json assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    {
      "user_id": "00000000-0000-0000-0001-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "expires_at": "2026-02-23T12:00:00+00:00"
    }
    exit 0"
  `);
  expect(await home.kscli(`${LINE} -fyaml`, GRANTED, KEY)).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 -fyaml
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    user_id: "00000000-0000-0000-0001-000000000001"
    tenant_id: "00000000-0000-0000-0002-000000000001"
    expires_at: "2026-02-23T12:00:00+00:00"
    exit 0"
  `);
});

test('takes UUIDs without dashes and in upper case, and sends the canonical form', async () => {
  const line = `assume-user --tenant-id ${TENANT.replaceAll('-', '')} --user-id ABCDEF00-0000-0000-0001-000000000001`;
  expect(await home.kscli(line, GRANTED, KEY)).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000000000000002000000000001 --user-id ABCDEF00-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"abcdef00-0000-0000-0001-000000000001"}
    Authenticated as user abcdef00-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
});

test('reads the key from a file that a container platform mounts, and prefers the variable', async () => {
  writeFileSync(`${home.directory}/key`, 'key-of-the-file\n');
  const env = { ADMIN_API_KEY_FILE: `${home.directory}/key` };
  expect(await home.kscli(LINE, GRANTED, { env })).toBe(tellSignIn('key-of-the-file'));
  const both = { ...env, ADMIN_API_KEY: 'key-of-the-variable' };
  expect(await home.kscli(LINE, GRANTED, { env: both })).toBe(tellSignIn('key-of-the-variable'));
});

test('an unusable key file is named', async () => {
  const env = { ADMIN_API_KEY_FILE: `${home.directory}/missing` };
  expect(await home.kscli(LINE, {}, { env })).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! Error: The admin key file ~/missing (ADMIN_API_KEY_FILE) cannot be read: no such file
    exit 1"
  `);
  writeFileSync(`${home.directory}/empty`, ' \n');
  expect(await home.kscli(LINE, {}, { env: { ADMIN_API_KEY_FILE: `${home.directory}/empty` } })).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! Error: The admin key file ~/empty (ADMIN_API_KEY_FILE) is empty
    exit 1"
  `);
  expect(await home.kscli(LINE, {}, { env: { ADMIN_API_KEY: 'two\nlines' } })).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! Error: The admin API key from ADMIN_API_KEY holds spaces or characters that no key has
    exit 1"
  `);
});

test('without a key it says where to set one', async () => {
  expect(await home.kscli(LINE)).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! Error: ADMIN_API_KEY is not set. Set it via environment variable or in ~/.config/kscli/config.json
    exit 1"
  `);
});

test('KSCLI_STORE_ADMIN_KEY=false keeps the key out of the file', async () => {
  const env = { ...KEY.env, KSCLI_STORE_ADMIN_KEY: 'false' };
  expect(await home.kscli(LINE, GRANTED, { env })).toBe(tellSignIn('the-admin-key'));
  expect(home.kept()).toEqual({ ...KEPT, admin_api_key: null });
});

const REFUSALS: readonly [name: string, stub: Stub][] = [
  ['401', { status: 401, json: { detail: 'Invalid key' } }],
  ['403', { status: 403, json: { detail: 'Invalid admin API key' } }],
  ['404', { status: 404, json: { detail: 'User not found' } }],
  ['409', { status: 409, json: { detail: 'User is disabled' } }],
  ['422', { status: 422, json: { detail: [{ loc: ['body', 'tenant_id'], msg: 'field required', type: 'x' }] } }],
  ['500 without a body', { status: 500, text: '' }],
  ['502 with a page of a proxy', { status: 502, text: '<html>\n<title>Bad Gateway</title>' }],
  ['302', { status: 302, headers: { location: 'https://elsewhere.example.com/login' } }],
  ['HTML with 200', { text: '<!doctype html>\n<p>Welcome' }],
  ['nothing', { text: '' }],
  ['204', { status: 204 }],
  ['half an answer', { text: '{"token": "eyJ' }],
  ['a list', { json: [] }],
  ['no token', { json: { tokens: 1 } }],
  ['a token that is no text', { json: { token: 5 } }],
  ['a token that is no JWT', { json: { token: 'hello' } }],
  ['a JWT without exp', { json: { token: token({ sub: 'x' }) } }],
  ['a JWT with exp as text', { json: { token: token({ exp: '1771848000' }) } }],
  ['a JWT with exp out of range', { json: { token: token({ exp: 1e300 }) } }],
  [
    'a JWT that makes a file that nobody would read',
    { json: { token: token({ exp: 1_800_000_000, x: 'x'.repeat(50_000) }) } },
  ],
  ['a JWT that would smuggle in a header', { json: { token: `${token()}\r\nx: y` } }],
];

test.each(REFUSALS)('an answer of %s is told, and nothing is written', async (_name, stub) => {
  expect(await home.kscli(LINE, { [ROUTE]: stub }, KEY)).toMatchSnapshot();
  expect(existsSync(home.credentials)).toBe(false);
});

test('a refusal leaves the old credentials as they are', async () => {
  home.keep('anything at all');
  expect(await home.kscli(LINE, { [ROUTE]: { status: 403 } }, KEY)).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    ! Error: Permission denied
    ! The key is the one from ADMIN_API_KEY.
    exit 1"
  `);
  expect(readFileSync(home.credentials, 'utf8')).toBe('anything at all');
});

test('replaces unreadable credentials', async () => {
  home.keep('anything at all');
  expect(await home.kscli(LINE, GRANTED, KEY)).toBe(tellSignIn('the-admin-key'));
  expect(home.kept()).toEqual(KEPT);
});

test('a token that has expired on arrival is kept, with the difference of the clocks', async () => {
  const stub = { json: { token: token() }, headers: { date: 'Mon, 23 Feb 2026 11:00:00 GMT' } };
  const options = { ...KEY, now: Date.parse('2026-02-23T13:00:00Z') };
  expect(await home.kscli(LINE, { [ROUTE]: stub }, options)).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    ! Warning: The token had already expired at 2026-02-23T12:00:00+00:00 when it arrived. This machine's clock is 7200 seconds ahead of the server's.
    exit 0"
  `);
});
