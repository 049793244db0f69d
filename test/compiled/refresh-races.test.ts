// A refresh while somebody signs in or logs out, on the compiled binary: who has the last word.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { ADMIN_KEY, OTHER_USER, TENANT, USER } from '../backend/server.ts';
import type { Site } from '../binary.ts';
import { ASSUME, createRefreshSite, listFiles } from './refresh-site.ts';

const OTHER_LINE = `assume-user --tenant-id ${TENANT} --user-id ${OTHER_USER}`;

let machine: Site;
beforeEach(async () => {
  machine = await createRefreshSite();
});
afterEach(() => machine.remove());

test('a refresh of one user never overwrites an assume-user of another', async () => {
  machine.expire();
  const { reached, release } = machine.backend.hold(ASSUME);
  const refreshing = machine.run('whoami -f id-only');
  await reached;
  await machine.run(OTHER_LINE, { ADMIN_API_KEY: ADMIN_KEY });
  release();
  expect(await refreshing).toEqual({ exit: 0, stdout: `${USER}\n`, stderr: '' });
  expect(machine.kept()['user_id']).toBe(OTHER_USER);
  expect(await machine.kscli('whoami -f id-only')).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    00000000-0000-0000-0001-000000000002
    exit 0"
  `);
});

test('an assume-user after a refresh has the last word', async () => {
  machine.expire();
  expect(await machine.kscli('whoami -f id-only')).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  expect(await machine.kscli(OTHER_LINE, { ADMIN_API_KEY: ADMIN_KEY })).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000002
    > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000002"}
    Authenticated as user 00000000-0000-0000-0001-000000000002 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: <time>
    exit 0"
  `);
  expect(machine.kept()['user_id']).toBe(OTHER_USER);
});

test('a refresh never brings back what a logout removed', async () => {
  machine.expire();
  const { reached, release } = machine.backend.hold(ASSUME);
  const refreshing = machine.run('whoami -f id-only');
  await reached;
  expect(await machine.kscli('logout')).toMatchInlineSnapshot(`
    "$ kscli logout
    Removed ~/state/.credentials
    exit 0"
  `);
  release();
  expect(await refreshing).toEqual({ exit: 0, stdout: `${USER}\n`, stderr: '' });
  expect(listFiles(machine)).toEqual([]);
  expect(await machine.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: Not authenticated. Run: kscli assume-user --tenant-id <id> --user-id <id>
    ! There are no credentials in ~/state/.credentials.
    exit 2"
  `);
});
