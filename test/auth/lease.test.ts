// The end of a lease before a command: nothing is sent, nothing is renewed, and nothing secret stays.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, token } from '../kscli.ts';
import { ASSUME } from './exchange.ts';
import { AFTER, LEASE, LEFT } from './lease.ts';

const ME = 'GET /v1/users/me';
const ANSWER = { [ME]: { json: { id: USER } } };

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep(credentialsFields(LEASE));
  home.keepSession('acme', LEASE);
});
afterEach(() => home.remove());

test('at its end nothing is sent, and token and key leave the file', async () => {
  expect(await home.kscli('whoami --session acme', {}, AFTER)).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    ! Error: The lease of acme ended at 2026-02-23T11:30:00+00:00. Run: kscli assume-user --session acme --for 2h30m --reason …
    exit 2"
  `);
  expect(home.kept('acme')).toEqual(LEFT);
  // What is left tells the same, to every command.
  expect(await home.kscli('folders list --session acme', {}, AFTER)).toMatchInlineSnapshot(`
    "$ kscli folders list --session acme
    ! Error: The lease of acme ended at 2026-02-23T11:30:00+00:00. Run: kscli assume-user --session acme --for 2h30m --reason …
    exit 2"
  `);
  expect(await home.kscli('token --session acme', {}, AFTER)).toMatchInlineSnapshot(`
    "$ kscli token --session acme
    ! Error: The lease of acme ended at 2026-02-23T11:30:00+00:00. Run: kscli assume-user --session acme --for 2h30m --reason …
    exit 2"
  `);
  expect(home.kept()).toEqual(JSON.parse(credentialsFields(LEASE)));
});

test('the unnamed session keeps its ids for the message, until logout', async () => {
  expect(await home.kscli('whoami', {}, AFTER)).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: The lease of this session ended at 2026-02-23T11:30:00+00:00. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 --for 2h30m --reason …
    exit 2"
  `);
  expect(home.kept()).toEqual(LEFT);
  expect(await home.kscli('assume-user', {}, AFTER)).toMatchInlineSnapshot(`
    "$ kscli assume-user
    ! Error: Missing --tenant-id <uuid> and --user-id <uuid>
    ! In a script, KSCLI_TENANT_ID and KSCLI_USER_ID do the same.
    ! Usage: kscli assume-user [options]
    exit 64"
  `);
  expect(await home.kscli('logout', {}, AFTER)).toMatchInlineSnapshot(`
    "$ kscli logout
    Removed ~/state/.credentials
    exit 0"
  `);
  expect(await home.kscli('whoami', {}, AFTER)).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: Not authenticated. Run: kscli assume-user --tenant-id <id> --user-id <id>
    ! There are no credentials in ~/state/.credentials.
    exit 2"
  `);
});

test('what makes a session one for reading stays', async () => {
  home.keepSession('acme', { ...LEASE, read_only: true });
  await home.kscli('whoami --session acme', {}, AFTER);
  expect(home.kept('acme')).toEqual({ ...LEFT, read_only: true });
});

test.each([
  ['acme', 'acme', 'kscli login --session acme'],
  ['', 'this session', 'kscli login'],
])('the lease of a login ends as well, and login is the command to run: %p', async (session, name, command) => {
  const fields = { token: undefined, expires_at: undefined, admin_api_key: undefined, api_key: 'sk-user-0123456789' };
  home.keep(credentialsFields({ ...LEASE, ...fields }));
  home.keepSession('acme', { ...LEASE, ...fields });
  expect(await home.kscli(`whoami --session=${session}`, {}, AFTER)).toBe(`$ kscli whoami --session=${session}
! Error: The lease of ${name} ended at ${LEASE.lease_until}. Run: ${command} --for 2h30m --reason …
exit 2`);
  expect(home.kept(session || undefined)).toEqual({ ...LEFT, login: true });
});

test('exec ends with 125, and doctor says what to do', async () => {
  expect(await home.kscli('exec --session acme -- true', {}, AFTER)).toMatchInlineSnapshot(`
    "$ kscli exec --session acme -- true
    ! Error: The lease of acme ended at 2026-02-23T11:30:00+00:00. Run: kscli assume-user --session acme --for 2h30m --reason …
    exit 125"
  `);
  home.keepSession('acme', LEASE);
  const shown = await home.kscli('doctor --offline -f json --session acme', {}, AFTER);
  expect(shown.slice(shown.indexOf('"credentials"') - 20, shown.indexOf('"base URL"'))).toMatchInlineSnapshot(`
    "},
      {
        "check": "credentials",
        "result": "failed",
        "detail": "The lease of acme ended at 2026-02-23T11:30:00+00:00.",
        "remedy": "Run: kscli assume-user --session acme --for 2h30m --reason …"
      },
      {
        "check": "
  `);
  expect(home.kept('acme')).toEqual(LEFT);
});

test('a token that is due is not renewed once the lease is over, with whatever key', async () => {
  home.keepSession('acme', { ...LEASE, expires_at: '2026-02-23T10:00:00+00:00', admin_api_key: null });
  const env = { ADMIN_API_KEY: 'the-admin-key' };
  expect(await home.kscli('whoami --session acme', {}, { ...AFTER, env })).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    ! Error: The lease of acme ended at 2026-02-23T11:30:00+00:00. Run: kscli assume-user --session acme --for 2h30m --reason …
    exit 2"
  `);
  expect(home.kept('acme')).toEqual(LEFT);
});

test('a renewal keeps the lease as it is', async () => {
  home.keepSession('acme', { ...LEASE, token: token({ exp: 1, iat: 1 }), expires_at: '2026-02-23T10:00:00+00:00' });
  await home.kscli('whoami --session acme', { [ASSUME]: { json: { token: token() } }, ...ANSWER });
  expect(home.kept('acme')).toEqual(JSON.parse(credentialsFields(LEASE)));
});

test('another assume-user takes the ids and starts a new lease, whose reason nobody typed for it', async () => {
  await home.kscli('whoami --session acme', {}, AFTER);
  const issued = { [ASSUME]: { json: { token: token() } } };
  const options = { ...AFTER, env: { ADMIN_API_KEY: 'the-admin-key' } };
  expect(await home.kscli('assume-user --session acme --for 30m', issued, options)).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme --for 30m
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    Lease ends: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(home.kept('acme')).toEqual({
    ...JSON.parse(credentialsFields({ admin_api_key: 'the-admin-key' })),
    started_at: '2026-02-23T11:30:00+00:00',
    lease_until: '2026-02-23T12:00:00+00:00',
  });
});

test('an assume-user without a time in place of a lease that runs says so', async () => {
  const issued = { [ASSUME]: { json: { token: token() } } };
  const options = { env: { ADMIN_API_KEY: 'the-admin-key' } };
  expect(await home.kscli('assume-user --session acme', issued, options)).toMatchInlineSnapshot(`
    "$ kscli assume-user --session acme
    > POST /v1/auth/assume_user | x-admin-api-key: the-admin-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    ! Warning: The lease of acme was to end at 2026-02-23T11:30:00+00:00. Without --for there is no end now.
    exit 0"
  `);
  expect(home.kept('acme')).toEqual(JSON.parse(credentialsFields({ admin_api_key: 'the-admin-key' })));
});
