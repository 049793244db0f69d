// kscli login on the compiled binary: real pipes and files, and a server that makes keys.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ADMIN_KEY, OTHER_USER, TENANT, USER } from '../backend/server.ts';
import { createSite, finish, type Site } from '../binary.ts';

let machine: Site;
let key: string;
beforeEach(() => {
  machine = createSite();
  key = machine.backend.apiKeys.create({ userId: USER, tenantId: TENANT });
});
afterEach(() => machine.remove());

test('a key is piped in, tried, kept with mode 0600, used, deleted at the server, and then refused', async () => {
  writeFileSync(join(machine.home, 'key.txt'), `${key}\n`);
  expect(await machine.shell('kscli login --with-key < key.txt')).toMatchInlineSnapshot(`
    "$ kscli login --with-key < key.txt
    > GET /v1/users/me | authorization: Bearer <key>
    Logged in successfully (<server>).
    exit 0"
  `);
  expect(machine.kept()).toEqual({ api_key: key, base_url: machine.backend.url, user_id: USER, tenant_id: TENANT });
  expect(statSync(machine.credentials).mode & 0o777).toBe(0o600);
  expect(await machine.kscli('tags list')).toMatchInlineSnapshot(`
    "$ kscli tags list
    > GET /v1/tags?limit=20&offset=0 | authorization: Bearer <key>
    No results.
    exit 0"
  `);
  machine.backend.apiKeys.delete(key);
  expect(await machine.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    > GET /v1/users/me | authorization: Bearer <key>
    ! Error: Session expired. Run: kscli login
    ! The server says: Invalid or expired token
    exit 2"
  `);
  expect(await machine.kscli('logout')).toMatchInlineSnapshot(`
    "$ kscli logout
    Removed ~/state/.credentials
    exit 0"
  `);
  expect(readdirSync(dirname(machine.credentials))).toEqual([]);
});

test('a key that its user made signs the user in, and can be deleted by the user', async () => {
  await machine.run('login', { KSCLI_API_KEY: key });
  const made = JSON.parse((await machine.run('api POST /v1/api-keys -F name=laptop')).stdout);
  await machine.run('login', { KSCLI_API_KEY: made.key });
  const list = JSON.parse((await machine.run('api /v1/api-keys')).stdout);
  expect(list.map(({ name }: { name: string }) => name)).toEqual(['test', 'laptop']);
  expect((await machine.run(`api DELETE /v1/api-keys/${made.id} --yes`)).exit).toBe(0);
  expect((await machine.run('whoami')).stderr).toBe(
    'Error: Session expired. Run: kscli login\nThe server says: Invalid or expired token\n',
  );
});

test('without a terminal and a key it ends at once; an input that is closed or empty is told', async () => {
  expect(await machine.kscli('login')).toMatchInlineSnapshot(`
    "$ kscli login
    ! Error: There is no API key, and nobody can be asked here
    ! Set KSCLI_API_KEY or KSCLI_API_KEY_FILE, or pipe the key into kscli login --with-key.
    ! Usage: kscli login [options]
    exit 64"
  `);
  expect(await machine.shell('kscli login --with-key <&-')).toEndWith('exit 64');
  expect(await machine.shell('kscli login --with-key < /dev/null')).toEndWith('exit 64');
  expect(existsSync(machine.credentials)).toBe(false);
});

test('the key comes from a file, or from a pipe in its place', async () => {
  writeFileSync(join(machine.home, 'key.txt'), key);
  expect(await machine.kscli('login', { KSCLI_API_KEY_FILE: `${machine.home}/key.txt` })).toEndWith('exit 0');
  const script = `mkfifo pipe; (echo ${key} > pipe) & KSCLI_API_KEY_FILE=$PWD/pipe kscli login`;
  expect(await machine.shell(script)).toEndWith('exit 0');
  // A pipe that nobody writes to has an end in time.
  expect(
    await machine.kscli('login --timeout 0.2', { KSCLI_API_KEY_FILE: `${machine.home}/pipe` }),
  ).toMatchInlineSnapshot(`
    "$ kscli login --timeout 0.2
    ! Error: The API key file ~/pipe (KSCLI_API_KEY_FILE) cannot be read: it has no end in time
    exit 1"
  `);
});

test('a refused key changes nothing, and a full disk leaves what was there', async () => {
  await machine.signIn();
  const before = readFileSync(machine.credentials, 'utf8');
  expect(await machine.kscli('login', { KSCLI_API_KEY: 'sk-user-unknown' })).toMatchInlineSnapshot(`
    "$ kscli login
    > GET /v1/users/me | authorization: Bearer sk-user-unknown
    ! Error: API key rejected: Invalid or expired token
    ! The key is the one from KSCLI_API_KEY. Check it and the base URL (<server>).
    ! Nothing was written.
    exit 2"
  `);
  expect(await machine.shell('ulimit -f 0; kscli login', { KSCLI_API_KEY: key })).toEndWith('exit 1');
  expect(readFileSync(machine.credentials, 'utf8')).toBe(before);
});

test('a key in a file of the Python kscli works, and the file stays as it is', async () => {
  mkdirSync(dirname(machine.credentials), { mode: 0o700 });
  writeFileSync(machine.credentials, JSON.stringify({ api_key: key }), { mode: 0o600 });
  expect(await machine.kscli('whoami -f json')).toMatchInlineSnapshot(`
    "$ kscli whoami -f json
    > GET /v1/users/me | authorization: Bearer <key>
    {
      "id": "00000000-0000-0000-0001-000000000001",
      "email": "user@example.com",
      "current_tenant_id": "00000000-0000-0000-0002-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "expires_at": null
    }
    exit 0"
  `);
  expect((await machine.run('tags list', { KSCLI_EXPECT_USER: OTHER_USER })).exit).toBe(2);
  expect((await machine.run('exec -- true')).exit).toBe(0);
  expect(machine.kept()).toEqual({ api_key: key });
});

test('a login in between is not overwritten by a refresh', async () => {
  await machine.signIn();
  machine.expire();
  const { reached, release } = machine.backend.hold('POST /v1/auth/assume_user');
  const child = machine.start(['whoami'], { ADMIN_API_KEY: ADMIN_KEY });
  await reached;
  expect((await machine.run('login', { KSCLI_API_KEY: key })).exit).toBe(0);
  release();
  expect((await finish(child)).exit).toBe(0);
  expect(machine.kept()['api_key']).toBe(key);
  expect(machine.kept()['token']).toBeUndefined();
});
