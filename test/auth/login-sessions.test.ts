// Sessions of an API key: what the other commands make of them, each as a transcript.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { OTHER_USER, TENANT, USER } from '../backend/server.ts';
import { createHome, type Home } from '../kscli.ts';
import { FULL, KEY, ME, MINE } from './api-key.ts';
import { OTHER_TENANT } from './exchange.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('every command sends the key, and a 401 is final: nothing is refreshed', async () => {
  home.keep(JSON.stringify(FULL));
  expect(await home.kscli('whoami -f json', MINE)).toMatchInlineSnapshot(`
    "$ kscli whoami -f json
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    {
      "id": "00000000-0000-0000-0001-000000000001",
      "current_tenant_id": "00000000-0000-0000-0002-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "expires_at": null
    }
    exit 0"
  `);
  const refused = { 'GET /v1/tags?limit=20&offset=0': { status: 401, json: { detail: 'Invalid API key' } } };
  expect(await home.kscli('tags list', refused)).toMatchInlineSnapshot(`
    "$ kscli tags list
    > GET /v1/tags?limit=20&offset=0 | authorization: Bearer sk-user-0123456789abcdef
    ! Error: Session expired. Run: kscli login
    ! The server says: Invalid API key
    exit 2"
  `);
  home.keep(JSON.stringify(FULL), 'own');
  expect(await home.kscli('tags list --session own', refused)).toMatchInlineSnapshot(`
    "$ kscli tags list --session own
    > GET /v1/tags?limit=20&offset=0 | authorization: Bearer sk-user-0123456789abcdef
    ! Error: Session expired. Run: kscli login --session own
    ! The server says: Invalid API key
    exit 2"
  `);
});

test('an admin key in the settings changes nothing of that', async () => {
  home.keep(JSON.stringify(FULL));
  const env = { ADMIN_API_KEY: 'the-admin-key' };
  expect(await home.kscli('whoami', { [ME]: { status: 401 } }, { env })).toMatchInlineSnapshot(`
    "$ kscli whoami
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    ! Error: Session expired. Run: kscli login
    exit 2"
  `);
});

test('the user of such a key is asked for once, where a pin, a question or a flag needs to know', async () => {
  home.keep(JSON.stringify({ api_key: KEY }));
  const tags = { 'GET /v1/tags?limit=20&offset=0': { json: { items: [], total: 0 } } };
  expect(await home.kscli(`tags list --expect-tenant ${TENANT}`, { ...MINE, ...tags })).toMatchInlineSnapshot(`
    "$ kscli tags list --expect-tenant 00000000-0000-0000-0002-000000000001
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    > GET /v1/tags?limit=20&offset=0 | authorization: Bearer sk-user-0123456789abcdef
    No results.
    exit 0"
  `);
  expect(await home.kscli(`tags list --expect-user ${OTHER_USER}`, MINE)).toMatchInlineSnapshot(`
    "$ kscli tags list --expect-user 00000000-0000-0000-0001-000000000002
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    ! Error: Wrong identity: user 00000000-0000-0000-0001-000000000001, but 00000000-0000-0000-0001-000000000002 is expected
    ! Nothing was sent but the question whose key it is.
    ! Sign in with a key of that user: kscli login
    exit 2"
  `);
  const [mine] = Object.values(MINE);
  const permissions = `GET /v1/user-permissions?tenant_id=${TENANT}&user_id=${USER}&limit=20&offset=0`;
  expect(
    await home.kscli('permissions list -f json', { [ME]: mine ?? {}, [permissions]: { json: { items: [] } } }),
  ).toEndWith('exit 0');
  expect(
    await home.kscli(
      `tags delete ${USER}`,
      { ...MINE, [`GET /v1/tags/${USER}`]: { json: { name: 'urgent' } } },
      { isTerminal: true, stdin: 'n\n' },
    ),
  ).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0001-000000000001
    > GET /v1/tags/00000000-0000-0000-0001-000000000001 | authorization: Bearer sk-user-0123456789abcdef
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    ! Delete tag urgent (00000000-0000-0000-0001-000000000001) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] \x1B[31mError:\x1B[0m Refused: Nothing was changed
    exit 1"
  `);
  expect(await home.kscli(`tags list --expect-tenant ${TENANT}`, { [ME]: { status: 401 } })).toMatchInlineSnapshot(`
    "$ kscli tags list --expect-tenant 00000000-0000-0000-0002-000000000001
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    ! Error: Session expired. Run: kscli login
    exit 2"
  `);
});

test('pins hold by the ids in the file, before anything is sent', async () => {
  home.keep(JSON.stringify(FULL));
  expect(await home.kscli(`whoami --expect-tenant ${OTHER_TENANT}`)).toMatchInlineSnapshot(`
    "$ kscli whoami --expect-tenant 00000000-0000-0000-0002-000000000002
    ! Error: Wrong identity: tenant 00000000-0000-0000-0002-000000000001, but 00000000-0000-0000-0002-000000000002 is expected
    ! Nothing was sent.
    ! Sign in with a key of that user: kscli login
    exit 2"
  `);
  expect(await home.kscli(`whoami --expect-tenant ${TENANT} --expect-user ${USER}`, MINE)).toEndWith('exit 0');
});

test('whoami warns where the server sees somebody else than the file says', async () => {
  home.keep(JSON.stringify(FULL));
  const others = { [ME]: { json: { id: OTHER_USER, current_tenant_id: OTHER_TENANT } } };
  const shown = await home.kscli('whoami -f id-only', others);
  expect(shown.split('\n').filter((line) => line.startsWith('!'))).toEqual([
    `! Warning: The server sees user ${OTHER_USER}, not user ${USER}.`,
    `! Warning: The server sees tenant ${OTHER_TENANT}, not tenant ${TENANT}.`,
  ]);
});

test('the key goes to no other origin than its own', async () => {
  home.keep(JSON.stringify(FULL));
  home.keep(JSON.stringify(FULL), 'own');
  for (const line of ['whoami', 'whoami --session own', 'token --curl /v1/users/me', 'exec -- true']) {
    const shown = await home.kscli(line, {}, { env: { KSCLI_BASE_URL: 'https://other.example.com' } });
    expect(shown).toContain('are for https://api.knowledgestack.ai, but the base URL is https://other.example.com.');
    expect(shown).not.toContain('\n> ');
  }
});

test('a read-only session stays so, and the message names the command to loosen it', async () => {
  home.keep(JSON.stringify({ ...FULL, read_only: true }));
  expect(await home.kscli('tags create --name x')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x
    ! Error: Refused: POST /v1/tags would change something, and only reading is allowed
    ! Nothing was sent. The session is only for reading, until the next login.
    exit 1"
  `);
  home.keep(JSON.stringify({ ...FULL, read_only: true }), 'own');
  expect(await home.kscli('tags create --name x --session own')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --session own
    ! Error: Refused: session own: POST /v1/tags would change something, and only reading is allowed
    ! Nothing was sent. The session is only for reading, until login with --replace.
    exit 1"
  `);
});

test('what outlives a session is allowed: it is the user who makes it', async () => {
  home.keep(JSON.stringify(FULL));
  const made = { 'POST /v1/api-keys': { status: 201, json: { id: USER, key: 'sk-user-new' } } };
  expect(await home.kscli('api POST /v1/api-keys -F name=ci', made)).toMatchInlineSnapshot(`
    "$ kscli api POST /v1/api-keys -F name=ci
    > POST /v1/api-keys | authorization: Bearer sk-user-0123456789abcdef | {"name":"ci"}
    {"id":"00000000-0000-0000-0001-000000000001","key":"sk-user-new"}<no newline>
    exit 0"
  `);
});

test('sessions list knows a key: valid, without an end; prompt has no time for it', async () => {
  home.keep(JSON.stringify({ api_key: KEY }));
  home.keep(JSON.stringify(FULL), 'own');
  home.keep(JSON.stringify({ ...FULL, read_only: true }), 'safe');
  home.keep(JSON.stringify({ base_url: FULL.base_url, user_id: USER, tenant_id: TENANT, login: true }), 'out');
  expect(await home.kscli('sessions list -f jsonl')).toMatchInlineSnapshot(`
    "$ kscli sessions list -f jsonl
    {"name":"-","current":true,"tenant_id":null,"user_id":null,"base_url":null,"mode":"read-write","state":"valid","expires_at":null,"lease_until":null}
    {"name":"out","current":false,"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001","base_url":"https://api.knowledgestack.ai","mode":"read-write","state":"signed-out","expires_at":null,"lease_until":null}
    {"name":"own","current":false,"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001","base_url":"https://api.knowledgestack.ai","mode":"read-write","state":"valid","expires_at":null,"lease_until":null}
    {"name":"safe","current":false,"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001","base_url":"https://api.knowledgestack.ai","mode":"read-only","state":"valid","expires_at":null,"lease_until":null}
    exit 0"
  `);
  const prompt = async (session: string) =>
    (await home.kscli(`prompt --session '${session}'`)).split('\n').slice(1, -1);
  expect(await Promise.all(['', 'own', 'safe', 'out'].map(prompt))).toEqual([[], ['own'], ['safe read-only'], ['out']]);
  home.keep(JSON.stringify(FULL));
  expect(await prompt('')).toEqual(['00000000']);
});
