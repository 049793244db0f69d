// What assume-user is told of a lease: for how long, why, for which ticket.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { assume, leaseOf } from './lease.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const NONE = { started_at: undefined, lease_until: undefined, reason: undefined, ticket: undefined };
const START = '2026-02-23T11:00:00+00:00';

test('a lease is said, kept and told', async () => {
  const words = "--for 1h30m --reason 'wrong totals' --ticket SUP-4711";
  expect(await assume(home, words)).toMatchInlineSnapshot(`
    "$ kscli assume-user --for 1h30m --reason 'wrong totals' --ticket SUP-4711
    > POST /v1/auth/assume_user | x-admin-api-key: typed-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    Lease ends: 2026-02-23T12:30:00+00:00
    exit 0"
  `);
  expect(leaseOf(home)).toEqual({
    started_at: START,
    lease_until: '2026-02-23T12:30:00+00:00',
    reason: 'wrong totals',
    ticket: 'SUP-4711',
  });
  expect(await assume(home, `${words} -f json`)).toMatchInlineSnapshot(`
    "$ kscli assume-user --for 1h30m --reason 'wrong totals' --ticket SUP-4711 -f json
    > POST /v1/auth/assume_user | x-admin-api-key: typed-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    {
      "user_id": "00000000-0000-0000-0001-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "expires_at": "2026-02-23T12:00:00+00:00",
      "lease_until": "2026-02-23T12:30:00+00:00"
    }
    exit 0"
  `);
});

test('without a word and without a setting there is no lease, and the file is as ever', async () => {
  expect(await assume(home, '')).toMatchInlineSnapshot(`
    "$ kscli assume-user 
    > POST /v1/auth/assume_user | x-admin-api-key: typed-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
  expect(leaseOf(home)).toEqual(NONE);
});

test.each([
  ["--reason 'a' ", { ...NONE, started_at: START, reason: 'a' }],
  ['--ticket SUP-1', { ...NONE, started_at: START, ticket: 'SUP-1' }],
  ['--for 90s', { ...NONE, started_at: START, lease_until: '2026-02-23T11:01:30+00:00' }],
])('what is said is kept, and when: %s', async (words, fields) => {
  await assume(home, words);
  expect(leaseOf(home)).toEqual(fields);
});

test('a reason is one line without control characters', async () => {
  await assume(home, "--reason '  wrong\x07 to\x1b[31mtals\nof\u202e May ' --ticket 'SUP\t1'");
  expect(leaseOf(home)).toEqual({ ...NONE, started_at: START, reason: 'wrong totals of May', ticket: 'SUP 1' });
  await assume(home, `--reason '${'\u{1F600}'.repeat(199)}x'`);
  expect(leaseOf(home)['reason']).toBe(`${'\u{1F600}'.repeat(199)}x`);
});

test.each([
  ['--for', '59s'],
  ['--for', '24h1s'],
  ['--for', '2'],
  ['--for', '7200'],
  ['--for', '1.5h'],
  ['--for', '2d'],
  ['--for', '2H'],
  ['--for', '-2h'],
  ['--for', '30m1h'],
  ['--for', '1h 30m'],
  ['--for', ''],
  ['--for', '２h'],
])('%s %p is wrong usage', async (flag, value) => {
  expect(await assume(home, `${flag}='${value}'`.replace("='", " '"), {}, false)).toBe(
    `$ kscli assume-user --for '${value}'
! Error: --for: '${value}' is not a time from 1m to 24h, like 90s, 30m or 1h30m
! Usage: kscli assume-user [options]
exit 64`,
  );
});

test.each([
  ["--reason ''", "--reason: '' says nothing"],
  ["--reason '  '", "--reason: '' says nothing"],
  ['--reason …', "--reason: '…' says nothing"],
  ["--ticket '-'", "--ticket: '-' says nothing"],
  [`--reason ${'a'.repeat(201)}`, '--reason has 201 characters, but at most 200 are taken'],
])('%s is wrong usage', async (words, message) => {
  expect(await assume(home, words, {}, false)).toBe(`$ kscli assume-user ${words}
! Error: ${message}
! Usage: kscli assume-user [options]
exit 64`);
});
