// kscli permissions explain: what the acting user may do, and through which grants, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { DENIED, explain, FINANCE, grant, group, me, ofSelf, page, REPORT, REPORTS, SHARED } from './scene.ts';

const IN_FINANCE = { json: [group(FINANCE, 'Finance')] };

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

test('the first line is the verdict, and each level from the root down shows its grants', async () => {
  const stubs = ofSelf({ own: page(grant(1, REPORTS)), mine: IN_FINANCE, ofFinance: page(grant(2, SHARED)) });
  expect(await home.kscli(`permissions explain ${REPORT}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    > GET /v1/path-parts/00000000-0000-0000-0004-000000000003/ancestry | cookie: ks_uat=<token>
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/user-permissions?tenant_id=00000000-0000-0000-0002-000000000001&user_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/my-group | cookie: ks_uat=<token>
    > GET /v1/tenant-groups/00000000-0000-0000-0005-000000000001/permissions?limit=100&offset=0 | cookie: ks_uat=<token>
    user@example.com may read /shared/reports/2026.pdf, and not write it: READ_ONLY on /shared/reports.
    Computed from the grants, not asked of the server: --check asks it.

    user 00000000-0000-0000-0001-000000000001, role USER
    /shared (FOLDER)
      READ_ONLY through group Finance, grant 00000000-0000-0000-0006-000000000002, decides
    /shared/reports (FOLDER)
      READ_ONLY of the user, grant 00000000-0000-0000-0006-000000000001, decides
    /shared/reports/2026.pdf (DOCUMENT)
      no grant
    exit 0"
  `);
});

test('grants add up: the widest one decides, and one of another thing means nothing', async () => {
  const elsewhere = grant(3, '00000000-0000-0000-0004-000000000009', 'READ_WRITE');
  const stubs = ofSelf({
    own: page(elsewhere, grant(1, REPORT)),
    mine: IN_FINANCE,
    ofFinance: page(grant(2, SHARED, 'READ_WRITE')),
  });
  expect(await explain(home, REPORT, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    > levels, me, own, mine, ofFinance
    user@example.com may read and write /shared/reports/2026.pdf: READ_WRITE on /shared through group Finance.
    Computed from the grants, not asked of the server: --check asks it.
    A READ_ONLY grant lies below a READ_WRITE one. Grants are added up here, and the API does not say so.

    user 00000000-0000-0000-0001-000000000001, role USER
    /shared (FOLDER)
      READ_WRITE through group Finance, grant 00000000-0000-0000-0006-000000000002, decides
    /shared/reports (FOLDER)
      no grant
    /shared/reports/2026.pdf (DOCUMENT)
      READ_ONLY of the user, grant 00000000-0000-0000-0006-000000000001
    exit 0"
  `);
});

test('grants that cannot be seen are not known, and never none', async () => {
  expect(await explain(home, REPORT, ofSelf({ own: DENIED }))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    > levels, me, own, mine
    user@example.com may read /shared/reports/2026.pdf, and perhaps write it: the server shows it to them, through none of the grants that are known.
    Computed from the grants, not asked of the server: --check asks it.

    user 00000000-0000-0000-0001-000000000001, role USER
    /shared (FOLDER)
      no grant that can be seen
    /shared/reports (FOLDER)
      no grant that can be seen
    /shared/reports/2026.pdf (DOCUMENT)
      no grant that can be seen

    Not known:
      the grants of the user: Permission denied: Only for admins and owners
    exit 0"
  `);
});

test('what a group gives is known, though the own grants are not', async () => {
  const stubs = ofSelf({ own: DENIED, mine: IN_FINANCE, ofFinance: page(grant(2, SHARED, 'READ_WRITE')) });
  expect(await explain(home, REPORT, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    > levels, me, own, mine, ofFinance
    user@example.com may read and write /shared/reports/2026.pdf: READ_WRITE on /shared through group Finance.
    Computed from the grants, not asked of the server: --check asks it.

    user 00000000-0000-0000-0001-000000000001, role USER
    /shared (FOLDER)
      READ_WRITE through group Finance, grant 00000000-0000-0000-0006-000000000002, decides
    /shared/reports (FOLDER)
      no grant that can be seen
    /shared/reports/2026.pdf (DOCUMENT)
      no grant that can be seen

    Not known:
      the grants of the user: Permission denied: Only for admins and owners
    exit 0"
  `);
});

test('an admin may do everything, whatever the grants are', async () => {
  expect(await explain(home, REPORT, ofSelf({ me: me('ADMIN') }))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    > levels, me, own, mine
    user@example.com may read and write /shared/reports/2026.pdf: as ADMIN of the tenant.
    Computed from the grants, not asked of the server: --check asks it.
    The API implies this of admins, owners and the own folder, and states it nowhere.

    user 00000000-0000-0000-0001-000000000001, role ADMIN
    /shared (FOLDER)
      no grant
    /shared/reports (FOLDER)
      no grant
    /shared/reports/2026.pdf (DOCUMENT)
      no grant
    exit 0"
  `);
});
