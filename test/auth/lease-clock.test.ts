// The clock and a lease: shortly before its end, set back, and times that nobody can read.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home } from '../kscli.ts';
import { AFTER, LEASE, LEFT } from './lease.ts';

const ME = 'GET /v1/users/me';
const ANSWER = { [ME]: { json: { id: USER } } };

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keepSession('acme', LEASE);
});
afterEach(() => home.remove());

test('a second before its end a session is as ever, and a warning is all', async () => {
  expect(await home.kscli('whoami --session acme -f json', ANSWER, { now: AFTER.now - 1000 })).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme -f json
    > GET /v1/users/me | cookie: ks_uat=<token>
    {
      "id": "00000000-0000-0000-0001-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "expires_at": "2026-02-23T12:00:00+00:00",
      "session": "acme",
      "lease_until": "2026-02-23T11:30:00+00:00"
    }
    ! Warning: The lease of acme ends in 1 second, at 2026-02-23T11:30:00+00:00.
    exit 0"
  `);
  expect(home.kept('acme')).toEqual(JSON.parse(credentialsFields(LEASE)));
});

test.each([
  [299, 'runs', 0],
  [301, 'has ended', 2],
])('a clock that stands %i seconds before the start: the lease %s', async (seconds, _what, exit) => {
  const now = Date.parse('2026-02-23T09:00:00Z') - seconds * 1000;
  const shown = await home.kscli('whoami --session acme -f id-only', exit === 0 ? ANSWER : {}, { now });
  expect(shown).toEndWith(`exit ${exit}`);
  if (exit === 0) return;
  expect(shown).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme -f id-only
    ! Error: The lease of acme has ended. Run: kscli assume-user --session acme --for 2h30m --reason …
    ! This machine's clock shows 2026-02-23T08:54:59+00:00, but the lease began at 2026-02-23T09:00:00+00:00. A clock that was set back ends it.
    exit 2"
  `);
  expect(home.kept('acme')).toEqual(LEFT);
  // Also once the clock is right again.
  expect(await home.kscli('prompt --session acme')).toBe('$ kscli prompt --session acme\nacme ended\nexit 0');
  expect(await home.kscli('whoami --session acme')).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    ! Error: The lease of acme has ended. Run: kscli assume-user --session acme --for 2h30m --reason …
    exit 2"
  `);
});

test('the warning comes once, with under a tenth left', async () => {
  const shown = async (now: string) =>
    (await home.kscli('whoami --session acme -f id-only', ANSWER, { now: Date.parse(now) })).split('\n')[3];
  expect(await shown('2026-02-23T11:15:00Z')).toBe('exit 0');
  expect(await shown('2026-02-23T11:15:01Z')).toMatchInlineSnapshot(
    `"! Warning: The lease of acme ends in 14 minutes, at 2026-02-23T11:30:00+00:00."`,
  );
  expect(await shown('2026-02-23T11:28:01Z')).toMatchInlineSnapshot(
    `"! Warning: The lease of acme ends in 119 seconds, at 2026-02-23T11:30:00+00:00."`,
  );
});

test.each([
  ['lease_until', 5],
  ['lease_until', 'tomorrow'],
  ['lease_until', '2026-02-23'],
  ['started_at', true],
  ['started_at', '11:00'],
  ['reason', ['x']],
  ['ticket', 4711],
])('a %s of %p is no open lease: nothing is sent', async (key, value) => {
  home.keepSession('acme', { ...LEASE, [key]: value });
  expect(await home.kscli('whoami --session acme')).toBe(`$ kscli whoami --session acme
! Error: Not authenticated. Run: kscli assume-user --session acme --tenant-id ${TENANT} --user-id ${USER}
! The credentials file ~/state/.credentials.sessions/acme has no usable ${key}.
exit 2`);
  expect(await home.kscli('sessions list -f json')).toContain('"state": "unreadable"');
});
