// kscli permissions explain --user: another user of the tenant, as far as the one who acts may see, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import {
  BOB,
  DENIED,
  explain,
  FINANCE,
  grant,
  group,
  me,
  ofBob,
  page,
  REPORT,
  REPORTS,
  SHARED,
  user,
} from './scene.ts';

const LINE = `${REPORT} --user ${BOB}`;

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

test('groups count where the user is in them; members are asked for only where a grant matters', async () => {
  const [empty, sales] = ['00000000-0000-0000-0005-000000000002', '00000000-0000-0000-0005-000000000003'];
  const stubs = {
    ...ofBob({
      groups: page(group(FINANCE, 'Finance'), group(empty, 'Empty', 0), group(sales, 'Sales')),
      ofFinance: page(grant(2, SHARED)),
      inFinance: page({ user_id: BOB }),
    }),
    [`GET /v1/tenant-groups/${sales}/permissions?limit=100&offset=0`]: page(),
  };
  expect(await explain(home, LINE, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002
    > levels, me, users, ofBob, groups, ofFinance
    > GET /v1/tenant-groups/00000000-0000-0000-0005-000000000003/permissions?limit=100&offset=0 | cookie: ks_uat=<token>
    > inFinance
    bob@example.com may read /shared/reports/2026.pdf, and not write it: READ_ONLY on /shared through group Finance.
    Computed from the grants, not asked of the server: --check-session asks it.

    user 00000000-0000-0000-0001-000000000002, role USER
    /shared (FOLDER)
      READ_ONLY through group Finance, grant 00000000-0000-0000-0006-000000000002, decides
    /shared/reports (FOLDER)
      no grant
    /shared/reports/2026.pdf (DOCUMENT)
      no grant
    exit 0"
  `);
});

test('no grant is no access, where everything could be seen', async () => {
  const stubs = ofBob({
    groups: page(group(FINANCE, 'Finance')),
    ofFinance: page(grant(2, SHARED)),
    inFinance: page({ user_id: 'somebody else' }),
  });
  expect(await explain(home, LINE, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002
    > levels, me, users, ofBob, groups, ofFinance, inFinance
    bob@example.com may neither read nor write /shared/reports/2026.pdf: no grant on any level, neither theirs nor of a group.
    Computed from the grants, not asked of the server: --check-session asks it.

    user 00000000-0000-0000-0001-000000000002, role USER
    /shared (FOLDER)
      no grant
    /shared/reports (FOLDER)
      no grant
    /shared/reports/2026.pdf (DOCUMENT)
      no grant
    exit 0"
  `);
});

test('one who may not see grants, members and roles learns that nothing is known', async () => {
  const stubs = ofBob({
    me: me('USER'),
    users: DENIED,
    ofBob: DENIED,
    groups: page(group(FINANCE, 'Finance')),
    ofFinance: page(grant(2, SHARED)),
    inFinance: DENIED,
  });
  expect(await explain(home, LINE, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002
    > levels, me, users, ofBob, groups, ofFinance, inFinance
    Unknown whether user 00000000-0000-0000-0001-000000000002 may read /shared/reports/2026.pdf: no grant that can be seen.
    Computed from the grants, not asked of the server: --check-session asks it.

    user 00000000-0000-0000-0001-000000000002, role unknown
    /shared (FOLDER)
      no grant that can be seen
    /shared/reports (FOLDER)
      no grant that can be seen
    /shared/reports/2026.pdf (DOCUMENT)
      no grant that can be seen

    Not known:
      the role of the user: Permission denied: Only for admins and owners
      the grants of the user: Permission denied: Only for admins and owners
      groups that the acting user is not in: only an admin or owner sees them
      whether the user is in group Finance: Permission denied: Only for admins and owners
    exit 0"
  `);
});

test('a deactivated user is told as such', async () => {
  const stubs = ofBob({
    users: page(user('USER', '2026-01-31T00:00:00Z')),
    ofBob: page(grant(1, REPORTS, 'READ_WRITE')),
  });
  expect(await explain(home, LINE, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002
    > levels, me, users, ofBob, groups
    bob@example.com may read and write /shared/reports/2026.pdf, but is deactivated since 2026-01-31T00:00:00Z: READ_WRITE on /shared/reports.
    Computed from the grants, not asked of the server: --check-session asks it.

    user 00000000-0000-0000-0001-000000000002, role USER
    /shared (FOLDER)
      no grant
    /shared/reports (FOLDER)
      READ_WRITE of the user, grant 00000000-0000-0000-0006-000000000001, decides
    /shared/reports/2026.pdf (DOCUMENT)
      no grant
    exit 0"
  `);
});

test('a user whom the tenant does not have is not found', async () => {
  const asked = Object.entries(ofBob({ users: page() })).filter(([route]) => !/permissions|groups/.test(route));
  expect(await explain(home, LINE, Object.fromEntries(asked))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002
    > levels, me, users
    ! Error: Not found: tenant 00000000-0000-0000-0002-000000000001 has no user 00000000-0000-0000-0001-000000000002
    exit 3"
  `);
});

test('their own folder is theirs', async () => {
  const own = {
    path_part_id: REPORT,
    parent_path_id: null,
    name: BOB,
    part_type: 'FOLDER',
    materialized_path: `/users/${BOB}`,
  };
  expect(await explain(home, LINE, ofBob({ levels: { json: { ancestors: [own] } } }))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002
    > levels, me, users, ofBob, groups
    bob@example.com may read and write /users/00000000-0000-0000-0001-000000000002: it is in the user's own folder /users/00000000-0000-0000-0001-000000000002.
    Computed from the grants, not asked of the server: --check-session asks it.
    The API implies this of admins, owners and the own folder, and states it nowhere.

    user 00000000-0000-0000-0001-000000000002, role USER
    /users/00000000-0000-0000-0001-000000000002 (FOLDER)
      no grant
    exit 0"
  `);
});
