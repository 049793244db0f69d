// kscli whoami: what it shows, of which credentials, and what it makes of any answer.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { OTHER_USER, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, type Stub, token } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const ME = 'GET /v1/users/me';
const USER_ANSWER = { json: { id: USER, email: 'user@example.com' } };
const EXPIRED = { expires_at: '2026-02-23T10:00:00+00:00' };

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

test.each(['json', 'yaml', 'id-only', 'tree'])('whoami as %s', async (format) => {
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

test('json keeps the digits of numbers, and escapes only what a terminal would obey', async () => {
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
  const terminal = { isTerminal: true, width: 100 };
  expect(await home.kscli('whoami', { [ME]: stub }, terminal)).toMatchInlineSnapshot(`
    "$ kscli whoami
    > GET /v1/users/me | cookie: ks_uat=<token>
    ┌─────────────┬──────────────────────────────────────┐
    │ Key         │ Value                                │
    ├─────────────┼──────────────────────────────────────┤
    │ id          │ 1                                    │
    │ email       │ aredb                                │
    │ tenant_id   │ 00000000-0000-0000-0002-000000000001 │
    │ expires_at  │ 2026-02-23T12:00:00+00:00            │
    └─────────────┴──────────────────────────────────────┘
    exit 0"
  `);
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
  expect(await home.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: Not authenticated. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! The credentials in ~/state/.credentials are for https://old.example.com, but the base URL is https://api.knowledgestack.ai.
    ! Run the command above to act there, or set the base URL back. Nothing was sent.
    exit 2"
  `);
});

test('a file of the Python kscli is read', async () => {
  home.keep(credentialsFields({ base_url: undefined, expires_at: '2026-02-23T12:00:00.123456+00:00' }));
  expect(await home.kscli('whoami -f id-only', { [ME]: USER_ANSWER })).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
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

test.each(UNREADABLE)('credentials with %s are unreadable, and stay as they are', async (_name, text) => {
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

test.each(ANSWERS)('an answer of %s is told and has its exit code', async (_name, stub) => {
  home.keep();
  expect(await home.kscli('whoami', { [ME]: stub })).toMatchSnapshot();
});
