// permissions explain of the compiled binary, against a backend that holds users to their grants.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { ADMIN_KEY, OTHER_USER, TENANT, USER } from '../backend/server.ts';
import type { Row } from '../backend/store.ts';
import { createSite, type Site } from '../binary.ts';

let site: Site;
let report: Row;
beforeEach(async () => {
  site = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  await site.signIn();
  await site.run(`assume-user --session bob --tenant-id ${TENANT} --user-id ${OTHER_USER}`);
  report = fill();
  site.backend.requests.length = 0;
});
afterEach(() => site.remove());

/** USER is an admin; Bob reads what is in the folder, through a group. */
function fill(): Row {
  const { held, resources } = site.backend;
  const { store } = resources;
  for (const user of [USER, OTHER_USER]) held.add(user);
  for (const row of store.rows('tenant_users')) store.change(row, { role: 'ADMIN' });
  store.create('tenant_users', { user_id: OTHER_USER, email: 'bob@example.com', role: 'USER', deactivated_on: null });
  const folder = store.rows('folders').find(({ name }) => name === 'Reports');
  const { id: group_id } = store.create('groups', { name: 'Finance', description: null, member_count: 1 });
  store.create('members', { group_id, user_id: OTHER_USER });
  store.create('group_permissions', { group_id, path_part_id: folder?.['path_part_id'], capability: 'READ_ONLY' });
  return store.create('documents', {
    name: '2026.pdf',
    part_type: 'DOCUMENT',
    parent_path_part_id: folder?.['path_part_id'],
    materialized_path: '/Reports/2026.pdf',
  });
}

/** Requests that are sent at the same time come in any order. */
async function explain(rest = ''): Promise<string> {
  const [command = '', ...lines] = (await site.kscli(`permissions explain ${report['path_part_id']}${rest}`)).split(
    '\n',
  );
  const isRequest = (line: string) => line.startsWith('> ');
  return [command, ...lines.filter(isRequest).sort(), ...lines.filter((line) => !isRequest(line))].join('\n');
}

test('an admin learns through which group another user reads, and a session of theirs proves it', async () => {
  expect(await explain(` --user ${OTHER_USER} --check-session bob`)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-4000-8100-000000000015 --user 00000000-0000-0000-0001-000000000002 --check-session bob
    > GET /v1/path-parts/00000000-0000-4000-8100-000000000015 | cookie: ks_uat=<token 2>
    > GET /v1/path-parts/00000000-0000-4000-8100-000000000015/ancestry | cookie: ks_uat=<token 1>
    > GET /v1/tenant-groups/00000000-0000-4000-8000-00000000000e/members?limit=100&offset=0 | cookie: ks_uat=<token 1>
    > GET /v1/tenant-groups/00000000-0000-4000-8000-00000000000e/permissions?limit=100&offset=0 | cookie: ks_uat=<token 1>
    > GET /v1/tenant-groups?limit=100&offset=0 | cookie: ks_uat=<token 1>
    > GET /v1/tenants/00000000-0000-0000-0002-000000000001/users?limit=100&offset=0 | cookie: ks_uat=<token 1>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000002&limit=100&offset=0 | cookie: ks_uat=<token 1>
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    bob@example.com may read /Reports/2026.pdf, and not write it: READ_ONLY on /Reports through group Finance.
    Asked in session bob, the server says: read yes, write no. That is what the grants say.

    user 00000000-0000-0000-0001-000000000002, role USER
    /Reports (FOLDER)
      READ_ONLY through group Finance, grant 00000000-0000-4000-8000-000000000012, decides
    /Reports/2026.pdf (DOCUMENT)
      no grant
    exit 0"
  `);
});

test('the user learns what can be seen of it; without a grant the server refuses', async () => {
  expect(await explain(' --session bob --check')).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-4000-8100-000000000015 --session bob --check
    > GET /v1/path-parts/00000000-0000-4000-8100-000000000015 | cookie: ks_uat=<token 1>
    > GET /v1/path-parts/00000000-0000-4000-8100-000000000015/ancestry | cookie: ks_uat=<token 1>
    > GET /v1/tenant-groups/00000000-0000-4000-8000-00000000000e/permissions?limit=100&offset=0 | cookie: ks_uat=<token 1>
    > GET /v1/tenant-groups/my-group | cookie: ks_uat=<token 1>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000002&limit=100&offset=0 | cookie: ks_uat=<token 1>
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    other@example.com may read /Reports/2026.pdf, and perhaps write it: READ_ONLY on /Reports through group Finance.
    Asked in session bob, the server says: read yes, write no.

    user 00000000-0000-0000-0001-000000000002, role USER
    /Reports (FOLDER)
      READ_ONLY through group Finance, grant 00000000-0000-4000-8000-000000000012, decides
    /Reports/2026.pdf (DOCUMENT)
      no grant that can be seen

    Not known:
      the grants of the user: Permission denied: Requires OWNER or ADMIN
    exit 0"
  `);
  for (const grant of site.backend.resources.store.rows('group_permissions'))
    site.backend.resources.store.remove(grant);
  expect(await explain(' --session bob')).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-4000-8100-000000000015 --session bob
    > GET /v1/path-parts/00000000-0000-4000-8100-000000000015/ancestry | cookie: ks_uat=<token 1>
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    other@example.com may neither read nor write 00000000-0000-4000-8100-000000000015: the server refuses to show it to the acting user.

    user 00000000-0000-0000-0001-000000000002, role USER

    Not known:
      the levels from the root down to it, and the grants on them: the server refuses to show it to the acting user
    exit 0"
  `);
});

test('at a terminal lines break at words, and ids never', async () => {
  const line = `permissions explain ${report['path_part_id']} --user ${OTHER_USER}`;
  const { exit, shown } = await site.runInTerminal(line, undefined, {}, 60);
  expect(exit).toBe(0);
  expect(shown).toMatchInlineSnapshot(`
    "bob@example.com may read /Reports/2026.pdf, and not write     it: READ_ONLY on /Reports through group Finance.
    Computed from the grants, not asked of the server:            --check-session asks it.

    user 00000000-0000-0000-0001-000000000002, role USER
    /Reports (FOLDER)
      READ_ONLY through group Finance, grant                      00000000-0000-4000-8000-000000000012, decides
    /Reports/2026.pdf (DOCUMENT)
      no grant
    "
  `);
});

test('where only reading is allowed, it is', async () => {
  const { exit, stderr } = await site.run(`permissions explain ${report['id']} --read-only -f json`);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
});
