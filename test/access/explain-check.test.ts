// kscli permissions explain --check: the server has the last word, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { keepSessions } from '../auth/two-sessions.ts';
import { createHome, type Home } from '../kscli.ts';
import { BOB, DENIED, explain, grant, ofBob, ofSelf, page, REPORT, ROUTES, SHARED } from './scene.ts';

const READS = { json: { can_read: true, can_write: false } };

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
  keepSessions(home);
});
afterEach(() => home.remove());

/** Requests and the lines up to the levels. */
function shorten(transcript: string): string {
  return transcript.replace(/\n\nuser [\s\S]*\n( {2}[^\n]*)(?=\n)/, '\n…');
}

test('--check asks the server as the acting user', async () => {
  const stubs = ofSelf({ own: page(grant(1, SHARED)), proof: READS });
  expect(shorten(await explain(home, `${REPORT} --check`, stubs))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --check
    > levels, me, own, mine, proof
    user@example.com may read /shared/reports/2026.pdf, and not write it: READ_ONLY on /shared.
    Asked, the server says: read yes, write no. That is what the grants say.
    …
    exit 0"
  `);
});

test('what was unknown is known then', async () => {
  const stubs = ofSelf({ own: DENIED, proof: { json: { can_read: true, can_write: true } } });
  expect(shorten(await explain(home, `${REPORT} --check`, stubs))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --check
    > levels, me, own, mine, proof
    user@example.com may read /shared/reports/2026.pdf, and perhaps write it: the server shows it to them, through none of the grants that are known.
    Asked, the server says: read yes, write yes.
    …
    exit 0"
  `);
});

test('a server that does otherwise is believed: exit 1', async () => {
  const stubs = ofSelf({ own: page(grant(1, SHARED, 'READ_WRITE')), proof: READS });
  expect(shorten(await explain(home, `${REPORT} --check`, stubs))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --check
    > levels, me, own, mine, proof
    user@example.com may read and write /shared/reports/2026.pdf: READ_WRITE on /shared.
    Asked, the server says: read yes, write no. That is not what the grants say.
    …
    ! Error: The server does not do what the grants say
    ! It has the last word. There may be rules that its API does not show.
    exit 1"
  `);
});

test('an answer without can_write proves reading alone', async () => {
  const stubs = ofSelf({ own: page(grant(1, SHARED)), proof: { json: { path_part_id: REPORT } } });
  expect(shorten(await explain(home, `${REPORT} --check`, stubs))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --check
    > levels, me, own, mine, proof
    user@example.com may read /shared/reports/2026.pdf, and not write it: READ_ONLY on /shared.
    Asked, the server says: read yes, write not told.
    …
    exit 0"
  `);
});

test('nobody can prove it for another user', async () => {
  const stubs = ofBob({ ofBob: page(grant(1, SHARED)) });
  expect(shorten(await explain(home, `${REPORT} --user ${BOB} --check`, stubs))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002 --check
    > levels, me, users, ofBob, groups
    bob@example.com may read /shared/reports/2026.pdf, and not write it: READ_ONLY on /shared.
    Computed from the grants, not asked of the server: --check-session asks it.
    …
    ! Warning: It cannot be proved from here: the server answers each user for themselves alone, and here acts 00000000-0000-0000-0001-000000000001.
    ! A session of that user: --check-session bob
    exit 0"
  `);
});

test('a session of that user can', async () => {
  const stubs = ofBob({ ofBob: page(grant(1, SHARED)), proof: READS });
  const line = `${REPORT} --user ${BOB} --check-session bob`;
  expect(shorten(await explain(home, line, stubs))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002 --check-session bob
    > levels, me, users, ofBob, groups
    > GET /v1/path-parts/00000000-0000-0000-0004-000000000003 | cookie: ks_uat=token-of-bob
    bob@example.com may read /shared/reports/2026.pdf, and not write it: READ_ONLY on /shared.
    Asked in session bob, the server says: read yes, write no. That is what the grants say.
    …
    exit 0"
  `);
});

test('a session that may not see it proves that', async () => {
  const stubs = ofBob({ proof: { status: 404, json: { detail: 'Path part not found' } } });
  const line = `${REPORT} --user ${BOB} --check-session bob`;
  expect(shorten(await explain(home, line, stubs))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002 --check-session bob
    > levels, me, users, ofBob, groups
    > GET /v1/path-parts/00000000-0000-0000-0004-000000000003 | cookie: ks_uat=token-of-bob
    bob@example.com may neither read nor write /shared/reports/2026.pdf: no grant on any level, neither theirs nor of a group.
    Asked in session bob, the server says: read no, write no. That is what the grants say.
    …
    exit 0"
  `);
});

test('a session of somebody else, of another tenant or elsewhere is refused before anything is sent', async () => {
  expect(await explain(home, `${REPORT} --user ${BOB} --check-session acme`)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002 --check-session acme
    ! Error: Refused: acme is user 00000000-0000-0000-0001-000000000001 of tenant 00000000-0000-0000-0002-000000000001 at https://api.knowledgestack.ai
    ! Nothing was sent. The proof is wanted for user 00000000-0000-0000-0001-000000000002 of tenant 00000000-0000-0000-0002-000000000001 at https://api.knowledgestack.ai.
    exit 1"
  `);
  keepSessions(home, { bob: { tenant_id: '00000000-0000-0000-0002-000000000009' } });
  expect(await explain(home, `${REPORT} --user ${BOB} --check-session bob`)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002 --check-session bob
    ! Error: Refused: bob is user 00000000-0000-0000-0001-000000000002 of tenant 00000000-0000-0000-0002-000000000009 at https://api.knowledgestack.ai
    ! Nothing was sent. The proof is wanted for user 00000000-0000-0000-0001-000000000002 of tenant 00000000-0000-0000-0002-000000000001 at https://api.knowledgestack.ai.
    exit 1"
  `);
  keepSessions(home, { bob: { base_url: 'https://elsewhere.example.com' } });
  expect(await explain(home, `${REPORT} --user ${BOB} --check-session bob`)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002 --check-session bob
    ! Error: Refused: bob is user 00000000-0000-0000-0001-000000000002 of tenant 00000000-0000-0000-0002-000000000001 at https://elsewhere.example.com
    ! Nothing was sent. The proof is wanted for user 00000000-0000-0000-0001-000000000002 of tenant 00000000-0000-0000-0002-000000000001 at https://api.knowledgestack.ai.
    exit 1"
  `);
});

test('a session that is not there is named', async () => {
  expect(await explain(home, `${REPORT} --user ${BOB} --check-session carol`)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002 --check-session carol
    ! Error: Not authenticated. Run: kscli assume-user --session carol --tenant-id <id> --user-id <id>
    ! This was session carol.
    ! There are no credentials in ~/state/.credentials.sessions/carol.
    exit 2"
  `);
});

test('a failure of the other session says whose it is', async () => {
  const { [ROUTES.proof]: _, ...stubs } = ofBob({ ofBob: page(grant(1, SHARED)) });
  const failing = { ...stubs, [ROUTES.proof]: { status: 500, json: { detail: 'broken' } } };
  expect(shorten(await explain(home, `${REPORT} --user ${BOB} --check-session bob`, failing))).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 --user 00000000-0000-0000-0001-000000000002 --check-session bob
    > levels, me, users, ofBob, groups
    > GET /v1/path-parts/00000000-0000-0000-0004-000000000003 | cookie: ks_uat=token-of-bob
    ! Error: Server error: 500: broken
    ! This was session bob.
    exit 1"
  `);
});
