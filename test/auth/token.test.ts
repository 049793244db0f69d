// kscli token: one that lasts, for people and for curl, and what refuses it.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, credentialsFields, type Home } from '../kscli.ts';
import { ISSUED } from './exchange.ts';

const SOON = '2026-02-23T11:00:50+00:00';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('token prints one that lasts, renewed where it does not', async () => {
  home.keepSession('acme');
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
  home.keepSession('acme', { token: 'old-token', expires_at: SOON });
  expect(await home.kscli('token --session acme --min-valid 50')).toMatchInlineSnapshot(`
    "$ kscli token --session acme --min-valid 50
    old-token
    exit 0"
  `);
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
  home.keepSession('acme', { read_only: true });
  expect(await home.kscli('token --session acme')).toMatchInlineSnapshot(`
    "$ kscli token --session acme
    ! Error: Refused: session acme: only reading is allowed, and a token alone could change anything
    ! With --unguarded it is handed out all the same.
    exit 1"
  `);
  expect(await home.kscli('token --session acme --curl /v1/users/me')).toMatchInlineSnapshot(`
    "$ kscli token --session acme --curl /v1/users/me
    ! Error: Refused: session acme: only reading is allowed, and a token alone could change anything
    ! With --unguarded it is handed out all the same.
    exit 1"
  `);
  expect(
    await home.kscli('token', {}, { env: { KSCLI_READ_ONLY: 'true', KSCLI_SESSION: 'acme' } }),
  ).toMatchInlineSnapshot(`
    "$ kscli token
    ! Error: Refused: session acme: only reading is allowed, and a token alone could change anything
    ! With --unguarded it is handed out all the same.
    exit 1"
  `);
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
  expect(await home.kscli('token --curl https://evil.example.com/', {}, local)).toMatchInlineSnapshot(`
    "$ kscli token --curl https://evil.example.com/
    ! Error: <path> is 'https://evil.example.com/', but must be under http://127.0.0.1:8000
    ! Usage: kscli token [options]
    exit 64"
  `);
});
