// kscli permissions explain and snapshot --under by a path, and with the columns and rows that are chosen, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { explain, grant, ofSelf, page, REPORT, REPORTS } from './scene.ts';

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
  expect(await explain(home, '/shared/reports/2026.pdf', stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain /shared/reports/2026.pdf
    > me
    > GET /v1/folders/search?name_like=2026.pdf&limit=100&offset=0 | cookie: ks_uat=<token>
    > levels, own, mine
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
  expect(await explain(home, '/sharde/2026.pdf', stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain /sharde/2026.pdf
    > me
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
    await explain(home, `${REPORT} --columns name,part_type --where part_type=FOLDER`, stubs),
  ).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --columns name,part_type --where part_type=FOLDER
    > levels, me, own, mine
    ┌─────────┬───────────┐
    │ NAME    │ PART_TYPE │
    ├─────────┼───────────┤
    │ shared  │ FOLDER    │
    │ reports │ FOLDER    │
    └─────────┴───────────┘
    ! 2 of 3 rows.
    exit 0"
  `);
  expect(await explain(home, `${REPORT} -f csv --columns name,grants.capability`, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 -f csv --columns name,grants.capability
    > levels, me, own, mine
    name,grants.capability
    shared,[]
    reports,"[""READ_ONLY""]"
    2026.pdf,[]
    exit 0"
  `);
});

test.each([
  ['shared/reports', 'does not begin with a slash, as a path does here: /shared/reports'],
  ['/a//b', 'has an empty name between two slashes'],
  ['/a/../b', "has '..' in it, which leads nowhere here"],
])('what is no path is wrong usage: %s', async (typed, why) => {
  expect(await explain(home, typed)).toBe(`$ kscli permissions explain ${typed}
! Error: <path-part-id>: '${typed}' ${why}
! Usage: kscli permissions explain <path-part-id> [options]
exit 64`);
});
