// Two customers at once, on the compiled binary: their tokens, renewals and files never meet.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, copyFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, type Backend, OTHER_USER, startBackend, TENANT, USER } from '../backend/server.ts';
import { createMachine, dropDebug, follow, type Machine, WAITING, waitUntilSaid } from '../binary.ts';

const ASSUME = 'POST /v1/auth/assume_user';
const ME = 'GET /v1/users/me';
const USERS: Readonly<Record<string, string>> = { acme: USER, beta: OTHER_USER };
const EXPIRED = { expires_at: '2020-01-01T00:00:00+00:00' };

let backend: Backend;
let machine: Machine;
beforeEach(async () => {
  backend = startBackend();
  // Without a base URL: each session knows its own.
  machine = createMachine({}, backend);
  for (const [session, user] of Object.entries(USERS)) {
    const line = `assume-user --session ${session} --base-url ${backend.url} --tenant-id ${TENANT} --user-id ${user}`;
    expect((await machine.run(line, { ADMIN_API_KEY: ADMIN_KEY })).stderr).toBe('');
  }
  backend.requests.length = 0;
});
afterEach(() => machine.remove());

function placeOf(session: string): string {
  return join(`${machine.credentials}.sessions`, session);
}

function tokenOf(session: string): string {
  return String(machine.kept(session)['token']);
}

/** The users that the server saw on a route: by the cookie of a request, or by the body of an exchange. */
function seenUsers(route: string): string[] {
  return backend.requests
    .filter((request) => request.route === route)
    .map(({ headers, body }) => {
      const claims = headers.get('cookie')?.split('.')[1];
      return claims ? JSON.parse(Buffer.from(claims, 'base64url').toString()).sub : JSON.parse(body).user_id;
    })
    .sort();
}

test('50 commands over two sessions with expired tokens make two exchanges, and no token crosses', async () => {
  for (const session of Object.keys(USERS)) machine.change(EXPIRED, session);
  const { reached, release } = backend.hold(ASSUME, 2);
  const names = Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? 'acme' : 'beta'));
  const line = ['whoami', '-f', 'id-only', '--debug'];
  const children = names.map((name) => follow(machine.start(line, { KSCLI_SESSION: name }), WAITING));
  await Promise.all([reached, waitUntilSaid(children, 48)]);
  release();
  const outcomes = await Promise.all(children.map(({ outcome }) => outcome));
  expect(outcomes.map(dropDebug)).toEqual(names.map((name) => ({ exit: 0, stdout: `${USERS[name]}\n`, stderr: '' })));
  expect(seenUsers(ASSUME)).toEqual([USER, OTHER_USER]);
  expect(seenUsers(ME)).toEqual([...Array(25).fill(USER), ...Array(25).fill(OTHER_USER)]);
});

test('20 processes that make one session for two users at once leave it bound to one of them', async () => {
  const { reached, release } = backend.hold(ASSUME, 20);
  const starts = Array.from({ length: 20 }, (_, at) => {
    const user = at % 2 === 0 ? USER : OTHER_USER;
    const line = `assume-user --session new --base-url ${backend.url} --tenant-id ${TENANT} --user-id ${user}`;
    return machine.run(line, { ADMIN_API_KEY: ADMIN_KEY }).then(({ exit }) => ({ user, exit }));
  });
  await reached;
  release();
  const outcomes = await Promise.all(starts);
  const { user_id } = machine.kept('new');
  expect(outcomes.every(({ user, exit }) => exit === (user === user_id ? 0 : 1))).toBe(true);
});

test("another session's token in a session's file, or its whole file under a pin, sends nothing", async () => {
  machine.change({ token: tokenOf('beta') }, 'acme');
  expect(await machine.kscli('whoami --session acme')).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    ! Error: Wrong identity: session acme: user 00000000-0000-0000-0001-000000000002, but 00000000-0000-0000-0001-000000000001 is expected
    ! The token says so itself, whatever the credentials file says.
    ! The request was not sent.
    ! Run: kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    exit 2"
  `);
  copyFileSync(placeOf('beta'), placeOf('acme'));
  expect(await machine.kscli(`whoami --session acme --expect-user ${USER}`)).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme --expect-user 00000000-0000-0000-0001-000000000001
    ! Error: Wrong identity: session acme: user 00000000-0000-0000-0001-000000000002, but 00000000-0000-0000-0001-000000000001 is expected
    ! Nothing was sent.
    ! Choose a session of that identity: kscli sessions list
    exit 2"
  `);
});

test('a session file that others can write, or its directory, is refused before any request', async () => {
  chmodSync(placeOf('acme'), 0o666);
  expect(await machine.kscli('whoami --session acme')).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    ! Error: Not authenticated. Run: kscli assume-user --session acme --tenant-id <id> --user-id <id>
    ! The credentials file is refused: ~/state/.credentials.sessions/acme can be written by other users.
    exit 2"
  `);
  chmodSync(`${machine.credentials}.sessions`, 0o777);
  expect(await machine.kscli('whoami --session beta')).toMatchInlineSnapshot(`
    "$ kscli whoami --session beta
    ! Error: Unsafe place for credentials: ~/state/.credentials.sessions can be written by other users
    ! Another user could swap the file there. Set KSCLI_CREDENTIALS_PATH to a file in a directory of your own.
    exit 1"
  `);
  expect(await machine.kscli('sessions list')).toMatchInlineSnapshot(`
    "$ kscli sessions list
    ! Error: Unsafe place for credentials: ~/state/.credentials.sessions can be written by other users
    ! Another user could swap the file there. Set KSCLI_CREDENTIALS_PATH to a file in a directory of your own.
    exit 1"
  `);
});

test('a logout of one session during its renewal stays, and the other session is untouched', async () => {
  machine.change(EXPIRED, 'acme');
  const { reached, release } = backend.hold(ASSUME);
  const running = machine.run('whoami --session acme -f id-only');
  await reached;
  expect(await machine.kscli('logout --session acme')).toMatchInlineSnapshot(`
    "$ kscli logout --session acme
    Signed out of session acme (~/state/.credentials.sessions/acme)
    exit 0"
  `);
  release();
  expect(await running).toEqual({ exit: 0, stdout: `${USER}\n`, stderr: '' });
  expect(Object.keys(machine.kept('acme'))).toEqual(['user_id', 'tenant_id', 'base_url']);
  expect(await machine.kscli('whoami --session beta -f id-only')).toMatchInlineSnapshot(`
    "$ kscli whoami --session beta -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    00000000-0000-0000-0001-000000000002
    exit 0"
  `);
});

test('sessions list needs no server, takes no lock and changes no mode; its marks follow the shell', async () => {
  chmodSync(placeOf('acme'), 0o644);
  const look = () =>
    readdirSync(`${machine.credentials}.sessions`)
      .sort()
      .map((name) => {
        const { mode, mtimeMs, ctimeMs } = statSync(placeOf(name));
        return { name, mode, mtimeMs, ctimeMs };
      });
  const before = look();
  expect(await machine.kscli('sessions list -f jsonl', { KSCLI_SESSION: 'beta' })).toMatchInlineSnapshot(`
    "$ kscli sessions list -f jsonl
    {"name":"acme","current":false,"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001","base_url":"<server>","mode":"read-write","state":"valid","expires_at":"<time>","lease_until":null}
    {"name":"beta","current":true,"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000002","base_url":"<server>","mode":"read-write","state":"valid","expires_at":"<time>","lease_until":null}
    exit 0"
  `);
  expect(look()).toEqual(before);
});
