// Sessions that only read: who makes them so, and what loosens them.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home } from '../kscli.ts';
import { IDS, ISSUED, KEY } from './exchange.ts';

const ME = 'GET /v1/users/me';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('--read-only makes a session that only reads: it stays so, and nothing loosens it', async () => {
  expect(await home.kscli(`assume-user --session acme --read-only ${IDS}`, ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(home.kept('acme')).toMatchObject({ read_only: true });
  expect(await home.kscli('assume-user --session acme', ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(home.kept('acme')).toMatchObject({ read_only: true });
  expect(
    await home.kscli('tags create --name x --session acme', {}, { env: { KSCLI_READ_ONLY: 'false' } }),
  ).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --session acme
    ! Error: Refused: session acme: POST /v1/tags would change something, and only reading is allowed
    ! Nothing was sent. The session is only for reading, until assume-user with --replace.
    exit 1"
  `);
  expect(await home.kscli('--session acme api POST /v1/tags')).toMatchInlineSnapshot(`
    "$ kscli --session acme api POST /v1/tags
    ! Error: Refused: session acme: POST /v1/tags would change something, and only reading is allowed
    ! Nothing was sent. The session is only for reading, until assume-user with --replace.
    exit 1"
  `);
  const found = { 'POST /v1/chunks/search': { json: [] } };
  expect(await home.kscli('--session acme api POST /v1/chunks/search', found)).toEndWith('exit 0');
  expect(await home.kscli('--session acme chunks search -q x', found)).toEndWith('exit 0');
});

test('a renewal keeps the guard', async () => {
  home.keepSession('acme', { read_only: true, expires_at: '2020-01-01T00:00:00+00:00' });
  const stubs = { ...ISSUED, [ME]: { json: { id: USER } } };
  expect(await home.kscli('whoami --session acme', stubs)).toEndWith('exit 0');
  expect(home.kept('acme')).toEqual({ ...JSON.parse(credentialsFields()), read_only: true });
});

test('a flag or a variable tightens a session, and a setting does not stick', async () => {
  home.keepSession('acme');
  expect(await home.kscli('tags create --name x --session acme --read-only')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --session acme --read-only
    ! Error: Refused: session acme: POST /v1/tags would change something, and only reading is allowed
    ! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
    exit 1"
  `);
  const guarded = { env: { ...KEY, KSCLI_READ_ONLY: 'true' } };
  expect(await home.kscli('assume-user --session acme', ISSUED, guarded)).toEndWith('exit 0');
  expect(home.kept('acme')).toEqual(JSON.parse(credentialsFields({ admin_api_key: 'the-admin-key' })));
});

test('the unnamed session is made for reading too, until the next assume-user', async () => {
  expect(await home.kscli(`assume-user --read-only ${IDS}`, ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(await home.kscli('tags create --name x')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x
    ! Error: Refused: POST /v1/tags would change something, and only reading is allowed
    ! Nothing was sent. The session is only for reading, until the next assume-user.
    exit 1"
  `);
  expect(await home.kscli(`assume-user ${IDS}`, ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(await home.kscli('tags create --name x', { 'POST /v1/tags': { json: { id: USER } } })).toEndWith('exit 0');
});

test('a guard that cannot be read is no open one', async () => {
  home.keepSession('acme', { read_only: 'no' });
  expect(await home.kscli('tags create --name x --session acme')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --session acme
    ! Error: Not authenticated. Run: kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! The credentials file ~/state/.credentials.sessions/acme has no usable read_only.
    exit 2"
  `);
});
