// kscli permissions explain and snapshot --under by a path, and with the columns and rows that are chosen, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { grant, ofSelf, page, REPORT, REPORTS } from './scene.ts';

const EXPLAIN = `permissions explain ${REPORT}`;

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const search = (name: string) => `GET /v1/folders/search?name_like=${name}&limit=100&offset=0`;
const found = {
  part_type: 'DOCUMENT',
  id: '00000000-0000-0000-0003-000000000003',
  path_part_id: REPORT,
  name: '2026.pdf',
  materialized_path: '/shared/reports/2026.pdf',
};

test('a path stands for the id', async () => {
  const stubs = { [search('2026.pdf')]: page(found), ...ofSelf({ own: page(grant(1, REPORTS)) }) };
  expect(await home.kscli('permissions explain /shared/reports/2026.pdf', stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain /shared/reports/2026.pdf
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/folders/search?name_like=2026.pdf&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/path-parts/00000000-0000-0000-0004-000000000003/ancestry | cookie: ks_uat=<token>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/my-group | cookie: ks_uat=<token>
    user@example.com may read /shared/reports/2026.pdf, and not write it: READ_ONLY on /shared/reports.
    Computed from the grants, not asked of the server: --check asks it.

    user 00000000-0000-0000-0001-000000000001, role USER
    /shared (FOLDER)
      no grant
    /shared/reports (FOLDER)
      READ_ONLY of the user, grant 00000000-0000-0000-0006-000000000001, decides
    /shared/reports/2026.pdf (DOCUMENT)
      no grant
    exit 0"
  `);
});

test('a path that leads nowhere is named, with what is near', async () => {
  const shared = { ...found, part_type: 'FOLDER', name: 'shared', materialized_path: '/shared' };
  const stubs = {
    'GET /v1/users/me': { json: { id: 'x' } },
    [search('2026.pdf')]: page(),
    'GET /v1/folders?limit=100&offset=0': page(shared),
    'GET /v1/documents?limit=100&offset=0': page(),
  };
  expect(await home.kscli('permissions explain /sharde/2026.pdf', stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain /sharde/2026.pdf
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/folders/search?name_like=2026.pdf&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Not found: /sharde/2026.pdf: The top holds no 'sharde' that this user can see
    ! Did you mean /shared/2026.pdf?
    exit 3"
  `);
});

test('columns and rows that are chosen make a table of the levels', async () => {
  const stubs = ofSelf({ own: page(grant(1, REPORTS)) });
  expect(
    await home.kscli(`${EXPLAIN} --columns name,part_type --where part_type=FOLDER`, stubs),
  ).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --columns name,part_type --where part_type=FOLDER
    > GET /v1/path-parts/00000000-0000-0000-0004-000000000003/ancestry | cookie: ks_uat=<token>
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/my-group | cookie: ks_uat=<token>
    ┌─────────┬───────────┐
    │ NAME    │ PART_TYPE │
    ├─────────┼───────────┤
    │ shared  │ FOLDER    │
    │ reports │ FOLDER    │
    └─────────┴───────────┘
    ! 2 of 3 rows.
    exit 0"
  `);
  expect(await home.kscli(`${EXPLAIN} -f csv --columns name,grants.capability`, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 -f csv --columns name,grants.capability
    > GET /v1/path-parts/00000000-0000-0000-0004-000000000003/ancestry | cookie: ks_uat=<token>
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/my-group | cookie: ks_uat=<token>
    name,grants.capability
    shared,[]
    reports,"[""READ_ONLY""]"
    2026.pdf,[]
    exit 0"
  `);
});

test('what is no path is wrong usage', async () => {
  for (const typed of ['shared/reports', '/a//b', '/a/../b'])
    expect(await home.kscli(`permissions explain ${typed}`)).toMatchSnapshot(typed);
});
