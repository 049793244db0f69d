// kscli permissions explain: ids that lead elsewhere or nowhere, and answers that say nothing, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { explain, LEVELS, me, ofSelf, page, REPORT, ROUTES } from './scene.ts';

const MISSING = { status: 404, json: { detail: 'Nothing with this id' } };
const DOCUMENT = '00000000-0000-0000-0003-000000000001';
const asked = (kind: string) => `GET /v1/${kind}/${DOCUMENT}`;

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

test('the id of a document leads to its path part', async () => {
  const stubs = {
    ...ofSelf({ own: page() }),
    [`${asked('path-parts')}/ancestry`]: MISSING,
    [asked('folders')]: MISSING,
    [asked('documents')]: { json: { id: DOCUMENT, path_part_id: REPORT } },
  };
  expect(await explain(home, `${DOCUMENT} -f id-only`, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0003-000000000001 -f id-only
    > GET /v1/path-parts/00000000-0000-0000-0003-000000000001/ancestry | cookie: ks_uat=<token>
    > me
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/documents/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > levels, own, mine
    00000000-0000-0000-0004-000000000001
    00000000-0000-0000-0004-000000000002
    00000000-0000-0000-0004-000000000003
    exit 0"
  `);
});

test('an id of nothing is not found, and may be hidden', async () => {
  const stubs = {
    [ROUTES.me]: me(),
    [`${asked('path-parts')}/ancestry`]: MISSING,
    [asked('folders')]: MISSING,
    [asked('documents')]: MISSING,
  };
  expect(await explain(home, `${DOCUMENT}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0003-000000000001
    > GET /v1/path-parts/00000000-0000-0000-0003-000000000001/ancestry | cookie: ks_uat=<token>
    > me
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/documents/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    ! Error: Not found: Nothing with this id
    ! No path part, folder or document has the id 00000000-0000-0000-0003-000000000001, or user 00000000-0000-0000-0001-000000000001 may not see it.
    exit 3"
  `);
});

test('a refusal is a verdict: the acting user may not read it', async () => {
  const refused = { status: 403, json: { detail: 'No access' } };
  expect(await explain(home, REPORT, { [ROUTES.levels]: refused, [ROUTES.me]: me() })).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    > levels, me
    user@example.com may neither read nor write 00000000-0000-0000-0004-000000000003: the server refuses to show it to the acting user.

    user 00000000-0000-0000-0001-000000000001, role USER

    Not known:
      the levels from the root down to it, and the grants on them: the server refuses to show it to the acting user
    exit 0"
  `);
});

test('levels that do not lead to it are an error', async () => {
  const wrong = { json: { ancestors: LEVELS.slice(0, 2) } };
  for (const levels of [wrong, { json: { ancestors: 'none' } }, { json: [] }])
    expect(await explain(home, REPORT, { [ROUTES.levels]: levels, [ROUTES.me]: me() })).toEndWith(
      `! Error: The server named no levels that lead from the root to path part ${REPORT}\nexit 1`,
    );
});

test('a capability that nobody knows is not known', async () => {
  const strange = page({ id: 'x', path_part_id: REPORT, capability: 'SHARE' });
  expect(await explain(home, REPORT, ofSelf({ own: strange }))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    > levels, me, own, mine
    user@example.com may read /shared/reports/2026.pdf, and perhaps write it: the server shows it to them, through none of the grants that are known.
    Computed from the grants, not asked of the server: --check asks it.

    user 00000000-0000-0000-0001-000000000001, role USER
    /shared (FOLDER)
      no grant
    /shared/reports (FOLDER)
      no grant
    /shared/reports/2026.pdf (DOCUMENT)
      SHARE of the user, grant x
    exit 0"
  `);
});

test('names cannot begin a line of their own', async () => {
  const [first, ...others] = LEVELS;
  const ancestors = [{ ...first, materialized_path: '/a\nError: forged\u001b[31m' }, ...others];
  expect(await explain(home, REPORT, ofSelf({ levels: { json: { ancestors } } }))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    > levels, me, own, mine
    user@example.com may read /shared/reports/2026.pdf, and not write it: the server shows it to them, through none of the grants that are known.
    Computed from the grants, not asked of the server: --check asks it.

    user 00000000-0000-0000-0001-000000000001, role USER
    /a Error: forged (FOLDER)
      no grant
    /shared/reports (FOLDER)
      no grant
    /shared/reports/2026.pdf (DOCUMENT)
      no grant
    exit 0"
  `);
});

test('groups that are no list are an error, and a server that fails is one', async () => {
  expect(await explain(home, REPORT, ofSelf({ mine: { json: { items: [] } } }))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    > levels, me, own, mine
    ! Error: The server did not answer with the groups of the user
    exit 1"
  `);
  expect(
    await explain(home, REPORT, ofSelf({ own: { status: 500, json: { detail: 'broken' } } })),
  ).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    > levels, me, own, mine
    ! Error: Server error: 500: broken
    exit 1"
  `);
});

test.each([
  ['', 'Missing <path-part-id>'],
  ['x', "<path-part-id>: 'x' is not a UUID, nor a path like /shared/reports"],
  [
    `${REPORT} ${REPORT}`,
    `Unexpected argument '${REPORT}'\n! Did you mean --user ${REPORT} or --check-session ${REPORT}?`,
  ],
  [`${REPORT} --user bob`, "--user: 'bob' is not a UUID"],
  [
    `${REPORT} --check-session CON`,
    "--check-session: 'CON' is not a session name: a-z, 0-9, dot, dash and underscore, at most 64, beginning with a letter or digit",
  ],
])('wrong usage: permissions explain %s', async (words, complaint) => {
  expect(await explain(home, words)).toBe(`$ kscli permissions explain ${words}
! Error: ${complaint}
! Usage: kscli permissions explain <path-part-id> [options]
exit 64`);
});

test('without credentials it says how to sign in', async () => {
  home.remove();
  expect(await explain(home, REPORT)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003
    ! Error: Not authenticated. Run: kscli assume-user --tenant-id <id> --user-id <id>
    ! There are no credentials in ~/state/.credentials.
    exit 2"
  `);
});
