// kscli compare: the two sessions, each with its server, its guards and its failures, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { keepSessions } from '../auth/two-sessions.ts';
import { TENANT } from '../backend/server.ts';
import { createHome, type Home, OLD_TOKEN } from '../kscli.ts';
import { FOLDERS, list, row } from './rows.ts';

const ASSUME = 'POST /v1/auth/assume_user';

let home: Home;
beforeEach(() => {
  home = createHome();
  keepSessions(home);
});
afterEach(() => home.remove());

test('any other failure is as usual, and says in which session', async () => {
  const stubs = { [FOLDERS]: [list(row(1, 'A')), { status: 500, json: { detail: 'Broken' } }] };
  expect(await home.kscli('compare acme bob -- folders list', stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=token-of-bob
    ! Error: Server error: 500: Broken
    ! This was session bob.
    exit 1"
  `);
  expect(await home.kscli('compare acme - -- folders list')).toMatchInlineSnapshot(`
    "$ kscli compare acme - -- folders list
    ! Error: Not authenticated. Run: kscli assume-user --tenant-id <id> --user-id <id>
    ! This was the unnamed session.
    ! There are no credentials in ~/state/.credentials.
    exit 2"
  `);
  expect(await home.kscli('compare nobody bob -- folders list')).toMatchInlineSnapshot(`
    "$ kscli compare nobody bob -- folders list
    ! Error: Not authenticated. Run: kscli assume-user --session nobody --tenant-id <id> --user-id <id>
    ! This was session nobody.
    ! There are no credentials in ~/state/.credentials.sessions/nobody.
    exit 2"
  `);
});

test('each session goes to its own server, and both are named', async () => {
  keepSessions(home, { bob: { base_url: 'https://staging.example.com' } });
  const stubs = {
    [FOLDERS]: list(row(1, 'A')),
    'GET https://staging.example.com/v1/folders?limit=100&offset=0': list(row(1, 'A')),
  };
  expect(await home.kscli('compare acme bob -- folders list', stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET https://staging.example.com/v1/folders?limit=100&offset=0 | cookie: ks_uat=token-of-bob
    The same: 1 row in acme and in bob.
    acme: user 00000000-0000-0000-0001-000000000001
    acme: server https://api.knowledgestack.ai
    bob: user 00000000-0000-0000-0001-000000000002
    bob: server https://staging.example.com
    both: tenant 00000000-0000-0000-0002-000000000001
    exit 0"
  `);
});

test('two tenants are refused before anything is sent, unless --across-tenants', async () => {
  keepSessions(home, { bob: { tenant_id: '00000000-0000-0000-0002-000000000002' } });
  expect(await home.kscli('compare acme bob -- folders list')).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    ! Error: Refused: acme is in tenant 00000000-0000-0000-0002-000000000001, bob is in tenant 00000000-0000-0000-0002-000000000002
    ! Nothing was sent. With --across-tenants they are compared all the same.
    exit 1"
  `);
  const stubs = { [FOLDERS]: [list(row(1, 'A')), list()] };
  expect(await home.kscli('compare acme bob --across-tenants -- folders list', stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob --across-tenants -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=token-of-bob
    Different: 1 row only in acme. No row is the same.
    acme: user 00000000-0000-0000-0001-000000000001
    acme: tenant 00000000-0000-0000-0002-000000000001
    bob: user 00000000-0000-0000-0001-000000000002
    bob: tenant 00000000-0000-0000-0002-000000000002
    both: server https://api.knowledgestack.ai

    Only in acme:
      00000000-0000-0000-0003-000000000001  A
    exit 5"
  `);
});

test('an admin key that is refused at a renewal is no difference between users', async () => {
  keepSessions(home, { bob: { token: OLD_TOKEN, expires_at: '2020-01-01T00:00:00+00:00' } });
  const stubs = { [FOLDERS]: list(row(1, 'A')), [ASSUME]: { status: 403, json: { detail: 'Invalid admin API key' } } };
  expect(await home.kscli('compare acme bob -- folders list', stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000002"}
    ! Error: Permission denied: Invalid admin API key
    ! This was session bob.
    ! The key is the one from the cache in ~/state/.credentials.sessions/bob.
    exit 1"
  `);
});

test('a pin holds for both sessions', async () => {
  const line = 'compare acme bob --expect-user 00000000-0000-0000-0001-000000000001 -- folders list';
  expect(await home.kscli(line)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob --expect-user 00000000-0000-0000-0001-000000000001 -- folders list
    ! Error: Wrong identity: session bob: user 00000000-0000-0000-0001-000000000002, but 00000000-0000-0000-0001-000000000001 is expected
    ! This was session bob.
    ! Nothing was sent.
    ! Choose a session of that identity: kscli sessions list
    exit 2"
  `);
});

test('the session of the environment is not looked at', async () => {
  const stubs = { [FOLDERS]: [list(), list()] };
  const shown = await home.kscli('compare acme bob -f id-only -- folders list', stubs, {
    env: { KSCLI_SESSION: 'other' },
  });
  expect(shown).toEndWith('! The same: no rows in acme and none in bob.\nexit 0');
});

test('a file of the Python kscli is asked once whose key it is', async () => {
  home.keep(JSON.stringify({ api_key: 'sk-user-1' }));
  const me = { json: { id: '00000000-0000-0000-0001-000000000003', current_tenant_id: TENANT } };
  const stubs = { 'GET /v1/users/me': me, [FOLDERS]: [list(), list()] };
  expect(await home.kscli('compare acme - -- folders list', stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme - -- folders list
    > GET /v1/users/me | authorization: Bearer sk-user-1
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | authorization: Bearer sk-user-1
    The same: no rows in acme and none in the unnamed session.
    acme: user 00000000-0000-0000-0001-000000000001
    the unnamed session: user 00000000-0000-0000-0001-000000000003
    both: tenant 00000000-0000-0000-0002-000000000001
    both: server https://api.knowledgestack.ai
    exit 0"
  `);
});

test('a session whose lease has ended is named, and nothing is sent for either', async () => {
  keepSessions(home, { bob: { started_at: '2026-02-23T08:00:00+00:00', lease_until: '2026-02-23T10:00:00+00:00' } });
  expect(await home.kscli('compare acme bob -- folders list')).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    ! Error: The lease of bob ended at 2026-02-23T10:00:00+00:00. Run: kscli assume-user --session bob --for 2h --reason …
    ! This was session bob.
    exit 2"
  `);
});

test('inside exec for one session the other is somebody else', async () => {
  const env = { KSCLI_EXEC: 'acme', KSCLI_SESSION: 'acme', KSCLI_EXPECT_USER: '00000000-0000-0000-0001-000000000001' };
  expect((await home.kscli('compare acme bob -- folders list', {}, { env })).split('\n')[1]).toBe(
    '! Error: Wrong identity: session bob: user 00000000-0000-0000-0001-000000000002, but 00000000-0000-0000-0001-000000000001 is expected',
  );
});
