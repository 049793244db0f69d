// What others do while a command runs under a lease: they set the clock back, sign in anew, renew the token.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, credentialsFields, type Home, OLD_TOKEN, token } from '../kscli.ts';
import { ENDING, SLOWLY } from './lease.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep(credentialsFields(ENDING));
});
afterEach(() => home.remove());

const page = (offset: number) => ({ json: { items: [{ id: `tag ${offset}` }], total: 5 } });

test('to set the clock back in the middle of a command lengthens nothing', async () => {
  const busy = { status: 503, headers: { 'retry-after': '25' } };
  const stubs = {
    'GET /v1/tags?limit=1&offset=0': [busy, page(0)],
    'GET /v1/tags?limit=1&offset=1': [busy, page(1)],
    'GET /v1/tags?limit=1&offset=2': [busy, page(2)],
    'GET /v1/tags?limit=1&offset=3': [busy],
  };
  const shown = await home.kscli('tags list --all -l 1 -f id-only', stubs, { clockStep: -15_000 });
  expect(shown).toMatchInlineSnapshot(`
    "$ kscli tags list --all -l 1 -f id-only
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=1&offset=1 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=1&offset=1 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=1&offset=2 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=1&offset=2 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=1&offset=3 | cookie: ks_uat=<token>
    tag 0
    tag 1
    tag 2
    ! Warning: The lease of this session ends in 90 seconds, at 2026-02-23T11:01:30+00:00.
    ! 503, trying again in 25 s
    ! 503, trying again in 25 s
    ! 503, trying again in 25 s
    ! 503, trying again in 25 s
    ! Error: The lease of this session has ended. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 --for 1h1m30s --reason …
    exit 2"
  `);
  expect(home.kept()).not.toContainKeys(['token', 'admin_api_key']);
  expect(await home.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: The lease of this session has ended. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 --for 1h1m30s --reason …
    exit 2"
  `);
});

test('another assume-user in between is left alone, and lengthens nothing', async () => {
  const other = { token: OLD_TOKEN, started_at: '2026-02-23T11:00:30+00:00', lease_until: '2026-02-23T13:00:00+00:00' };
  const stub = page(0);
  // Written while the first page is on its way.
  const first = Object.defineProperty({}, 'json', {
    enumerable: true,
    get: () => {
      home.keep(credentialsFields({ ...ENDING, ...other }));
      return stub.json;
    },
  });
  const pages = { 'GET /v1/tags?limit=1&offset=0': first, 'GET /v1/tags?limit=1&offset=1': page(1) };
  const shown = await home.kscli('tags list --all -l 1 -f id-only', pages, SLOWLY);
  expect(shown).toEndWith('exit 2');
  expect(home.kept()).toEqual(JSON.parse(credentialsFields({ ...ENDING, ...other })));
});

test('a token that another process renewed under a longer lease is taken, and the end stays where it was', async () => {
  home.keep(credentialsFields({ ...ENDING, token: OLD_TOKEN }));
  const longer = { token: token(), lease_until: '2026-02-23T13:00:00+00:00' };
  const refused = Object.defineProperty({ status: 401 }, 'json', {
    enumerable: true,
    get: () => {
      home.keep(credentialsFields({ ...ENDING, ...longer }));
      return {};
    },
  });
  const pages = { 'GET /v1/tags?limit=1&offset=0': [refused, page(0)] };
  expect(await home.kscli('tags list --all -l 1 -f id-only', pages, { clockStep: 45_000 })).toMatchInlineSnapshot(`
    "$ kscli tags list --all -l 1 -f id-only
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<old token>
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<token>
    tag 0
    ! Warning: The lease of this session ends in 90 seconds, at 2026-02-23T11:01:30+00:00.
    ! Error: The lease of this session ended at 2026-02-23T11:01:30+00:00. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001 --for 1h1m30s --reason …
    exit 2"
  `);
  expect(home.kept()).toEqual(JSON.parse(credentialsFields({ ...ENDING, ...longer })));
});
