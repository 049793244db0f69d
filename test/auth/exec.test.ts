// kscli exec: what goes to another program, and what never does.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { ISSUED } from './exchange.ts';

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

test('exec runs a command for one session, without the keys and without the token', async () => {
  home.keepSession('acme');
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
  home.keepSession('acme', { read_only: true });
  home.keepSession('beta');
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
  expect(await home.kscli('exec --session beta --read-only -- true', {}, { env: PATH })).toMatchInlineSnapshot(`
    "$ kscli exec --session beta --read-only -- true
    runs true
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=beta
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    KSCLI_READ_ONLY=true
    KSCLI_SESSION=beta
    KSCLI_SESSION_EXPIRES_AT=2026-02-23T12:00:00+00:00
    exit 0"
  `);
});

test('exec --with-token renews a token with less than 5 minutes left', async () => {
  home.keepSession('acme', { token: 'old-token', expires_at: '2026-02-23T11:04:59+00:00' });
  home.keepSession('beta', { token: 'good-token', expires_at: '2026-02-23T11:05:00+00:00' });
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
  expect(await home.kscli('exec --session beta --with-token -- true', {}, { env: PATH })).toMatchInlineSnapshot(`
    "$ kscli exec --session beta --with-token -- true
    runs true
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=beta
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    KSCLI_SESSION=beta
    KSCLI_SESSION_EXPIRES_AT=2026-02-23T11:05:00+00:00
    KS_UAT=good-token
    exit 0"
  `);
});

test('exec --with-token of what only reads is refused with 125, unless --unguarded', async () => {
  home.keepSession('acme', { read_only: true });
  expect(await home.kscli('exec --session acme --with-token -- true', {}, { env: PATH })).toMatchInlineSnapshot(`
    "$ kscli exec --session acme --with-token -- true
    ! Error: Refused: session acme: only reading is allowed, and a token alone could change anything
    ! With --unguarded it is handed out all the same.
    exit 125"
  `);
  const line = 'exec --session acme --with-token --unguarded -- true';
  expect(await home.kscli(line, {}, { env: PATH })).toMatchInlineSnapshot(`
    "$ kscli exec --session acme --with-token --unguarded -- true
    runs true
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=acme
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    KSCLI_READ_ONLY=true
    KSCLI_SESSION=acme
    KSCLI_SESSION_EXPIRES_AT=2026-02-23T12:00:00+00:00
    KS_UAT=<token>
    exit 0"
  `);
});
