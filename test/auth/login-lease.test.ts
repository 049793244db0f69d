// A login for a limited time, with a reason: kept in the file, and ended as for a token.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home, NOW } from '../kscli.ts';
import { ENV, FULL, MINE } from './api-key.ts';

const LEASE = { started_at: '2026-02-23T11:00:00+00:00', lease_until: '2026-02-23T13:00:00+00:00' };
const HOUR = 3_600_000;

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('--for, --reason and --ticket are kept with the key', async () => {
  const line = "login --for 2h --reason 'wrong totals' --ticket SUP-4711";
  expect(await home.kscli(line, MINE, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login --for 2h --reason 'wrong totals' --ticket SUP-4711
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    Logged in successfully (https://api.knowledgestack.ai).
    Lease ends: 2026-02-23T13:00:00+00:00
    exit 0"
  `);
  expect(home.kept()).toEqual({ ...FULL, ...LEASE, reason: 'wrong totals', ticket: 'SUP-4711' });
  expect(await home.kscli('login --for 2h -f json', MINE, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login --for 2h -f json
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    {
      "user_id": "00000000-0000-0000-0001-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "base_url": "https://api.knowledgestack.ai",
      "lease_until": "2026-02-23T13:00:00+00:00"
    }
    exit 0"
  `);
});

test('what a team demands holds for a login too, before the key is sent', async () => {
  home.configure({ max_lease: '1h', require_reason: true });
  expect(await home.kscli('login', {}, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login
    ! Error: Missing --reason <text>
    ! It is demanded by require_reason in ~/.config/kscli/config.json.
    ! Usage: kscli login [options]
    exit 64"
  `);
  expect(await home.kscli('login --for 2h --reason totals', {}, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login --for 2h --reason totals
    ! Error: --for: '2h' is longer than 1h
    ! The most is set by max_lease in ~/.config/kscli/config.json.
    ! Usage: kscli login [options]
    exit 64"
  `);
  expect(await home.kscli('login --reason totals', MINE, { env: ENV })).toMatchInlineSnapshot(`
    "$ kscli login --reason totals
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    Logged in successfully (https://api.knowledgestack.ai).
    Lease ends: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
});

test('when it ends nothing more is sent, the key leaves the file, and login is the command to run', async () => {
  for (const name of [undefined, 'own']) {
    const session = name === undefined ? '' : ` --session ${name}`;
    await home.kscli(`login --for 2h --reason totals${session}`, MINE, { env: ENV });
    const left = { ...FULL, api_key: undefined, ...LEASE, login: true };
    expect(await home.kscli(`whoami${session}`, MINE, { now: NOW + HOUR })).toEndWith('exit 0');
    const ended = await home.kscli(`whoami${session}`, {}, { now: NOW + 2 * HOUR });
    expect(ended).toBe(`$ kscli whoami${session}
! Error: The lease of ${name ?? 'this session'} ended at 2026-02-23T13:00:00+00:00. Run: kscli login${session} --for 2h --reason …
exit 2`);
    expect(home.kept(name)).toEqual(left);
    // And again, from what is left.
    expect(await home.kscli(`whoami${session}`, {}, { now: NOW + 3 * HOUR })).toBe(ended);
    expect(await home.kscli(`exec${session} -- true`, {}, { now: NOW + 3 * HOUR })).toEndWith('exit 125');
    expect(await home.kscli(`token --curl /v1/users/me${session}`, {}, { now: NOW + 3 * HOUR })).toEndWith('exit 2');
    expect(await home.kscli(`login${session}`, MINE, { env: ENV, now: NOW + 3 * HOUR })).toEndWith('exit 0');
    expect(home.kept(name)).toEqual(FULL);
  }
});

test('it ends in the middle of a command, and a warning comes before', async () => {
  await home.kscli('login --for 2h', MINE, { env: ENV });
  const page = (offset: number) => `GET /v1/tags?limit=100&offset=${offset}`;
  const rows = Array.from({ length: 100 }, (_, at) => ({ id: `${at}`, name: 'x' }));
  const listed = await home.kscli(
    'tags list --all -f id-only',
    { [page(0)]: { json: { items: rows, total: 200 } } },
    { now: NOW + 2 * HOUR - 1000, clockStep: 2000 },
  );
  expect(listed).toContain('! Warning: The lease of this session ends in 1 second, at 2026-02-23T13:00:00+00:00.\n');
  expect(listed).toEndWith(
    '! Error: The lease of this session ended at 2026-02-23T13:00:00+00:00. Run: kscli login --for 2h --reason …\nexit 2',
  );
});

test('exec tells when the lease ends, prompt and sessions list too', async () => {
  await home.kscli('login --session own --for 2h', MINE, { env: ENV });
  const env = { PATH: '/usr/bin:/bin' };
  expect(await home.kscli('exec --session own -- true', {}, { env })).toMatchInlineSnapshot(`
    "$ kscli exec --session own -- true
    runs true
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=own
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    KSCLI_SESSION=own
    KSCLI_SESSION_EXPIRES_AT=2026-02-23T13:00:00+00:00
    exit 0"
  `);
  expect(await home.kscli('prompt --session own')).toBe('$ kscli prompt --session own\nown 2h\nexit 0');
  expect(await home.kscli('prompt --session own', {}, { now: NOW + 2 * HOUR })).toMatchInlineSnapshot(`
    "$ kscli prompt --session own
    own ended
    exit 0"
  `);
  const list = await home.kscli('sessions list -f jsonl', {}, { now: NOW + 2 * HOUR });
  expect(list).toContain('"state":"ended","expires_at":null,"lease_until":"2026-02-23T13:00:00+00:00"');
});
