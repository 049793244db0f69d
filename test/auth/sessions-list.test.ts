// kscli sessions list: what it tells of each file, in every state.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('sessions list shows every session from its file, and changes nothing', async () => {
  home.keep();
  home.keepSession('acme', { read_only: true });
  home.keepSession('due', { expires_at: '2020-01-01T00:00:00+00:00', base_url: 'http://localhost:8000' });
  home.keepSession('lease', { lease_until: '2026-02-23T10:00:00+00:00' });
  home.keepSession('out', { token: undefined, admin_api_key: undefined, expires_at: undefined });
  writeFileSync(join(home.sessions, 'torn'), '{"token"', { mode: 0o644 });
  for (const other of ['acme.write-lock', 'acme.0123456789abcdef.tmp', '.hidden', 'CON']) {
    writeFileSync(join(home.sessions, other), 'no session');
  }
  expect(await home.kscli('sessions list', {}, { env: { KSCLI_SESSION: 'acme' } })).toMatchInlineSnapshot(`
    "$ kscli sessions list
    ┌─────────┬──────────────────────────────────────┬──────────────────────────────────────┬───────────────────────────────┬────────────┬────────────┬───────────────────────────┬───────────────────────────┐
    │ NAME    │ TENANT_ID                            │ USER_ID                              │ BASE_URL                      │ MODE       │ STATE      │ EXPIRES_AT                │ LEASE_UNTIL               │
    ├─────────┼──────────────────────────────────────┼──────────────────────────────────────┼───────────────────────────────┼────────────┼────────────┼───────────────────────────┼───────────────────────────┤
    │   -     │ 00000000-0000-0000-0002-000000000001 │ 00000000-0000-0000-0001-000000000001 │ https://api.knowledgestack.ai │ read-write │ valid      │ 2026-02-23T12:00:00+00:00 │ -                         │
    │ * acme  │ 00000000-0000-0000-0002-000000000001 │ 00000000-0000-0000-0001-000000000001 │ https://api.knowledgestack.ai │ read-only  │ valid      │ 2026-02-23T12:00:00+00:00 │ -                         │
    │   due   │ 00000000-0000-0000-0002-000000000001 │ 00000000-0000-0000-0001-000000000001 │ http://localhost:8000         │ read-write │ due        │ 2020-01-01T00:00:00+00:00 │ -                         │
    │   lease │ 00000000-0000-0000-0002-000000000001 │ 00000000-0000-0000-0001-000000000001 │ https://api.knowledgestack.ai │ read-write │ ended      │ 2026-02-23T12:00:00+00:00 │ 2026-02-23T10:00:00+00:00 │
    │   out   │ 00000000-0000-0000-0002-000000000001 │ 00000000-0000-0000-0001-000000000001 │ https://api.knowledgestack.ai │ read-write │ signed-out │ -                         │ -                         │
    │   torn  │ -                                    │ -                                    │ -                             │ -          │ unreadable │ -                         │ -                         │
    └─────────┴──────────────────────────────────────┴──────────────────────────────────────┴───────────────────────────────┴────────────┴────────────┴───────────────────────────┴───────────────────────────┘
    ! Warning: torn: The credentials file ~/state/.credentials.sessions/torn does not hold a JSON object.
    exit 0"
  `);
  expect(await home.kscli('sessions list -f json --session acme')).toMatchInlineSnapshot(`
    "$ kscli sessions list -f json --session acme
    [
      {
        "name": "-",
        "current": false,
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "base_url": "https://api.knowledgestack.ai",
        "mode": "read-write",
        "state": "valid",
        "expires_at": "2026-02-23T12:00:00+00:00",
        "lease_until": null
      },
      {
        "name": "acme",
        "current": true,
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "base_url": "https://api.knowledgestack.ai",
        "mode": "read-only",
        "state": "valid",
        "expires_at": "2026-02-23T12:00:00+00:00",
        "lease_until": null
      },
      {
        "name": "due",
        "current": false,
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "base_url": "http://localhost:8000",
        "mode": "read-write",
        "state": "due",
        "expires_at": "2020-01-01T00:00:00+00:00",
        "lease_until": null
      },
      {
        "name": "lease",
        "current": false,
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "base_url": "https://api.knowledgestack.ai",
        "mode": "read-write",
        "state": "ended",
        "expires_at": "2026-02-23T12:00:00+00:00",
        "lease_until": "2026-02-23T10:00:00+00:00"
      },
      {
        "name": "out",
        "current": false,
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "base_url": "https://api.knowledgestack.ai",
        "mode": "read-write",
        "state": "signed-out",
        "expires_at": null,
        "lease_until": null
      },
      {
        "name": "torn",
        "current": false,
        "tenant_id": null,
        "user_id": null,
        "base_url": null,
        "mode": null,
        "state": "unreadable",
        "expires_at": null,
        "lease_until": null
      }
    ]
    ! Warning: torn: The credentials file ~/state/.credentials.sessions/torn does not hold a JSON object.
    exit 0"
  `);
  expect(await home.kscli('sessions list -f id-only')).toMatchInlineSnapshot(`
    "$ kscli sessions list -f id-only
    -
    acme
    due
    lease
    out
    torn
    ! Warning: torn: The credentials file ~/state/.credentials.sessions/torn does not hold a JSON object.
    exit 0"
  `);
  expect(statSync(join(home.sessions, 'torn')).mode & 0o777).toBe(0o644);
  expect(readdirSync(home.sessions).sort()).toEqual(
    ['.hidden', 'CON', 'acme', 'acme.0123456789abcdef.tmp', 'acme.write-lock', 'due', 'lease', 'out', 'torn'].sort(),
  );
});

test('sessions list without any', async () => {
  expect(await home.kscli('sessions list')).toMatchInlineSnapshot(`
    "$ kscli sessions list
    No results.
    exit 0"
  `);
  expect(existsSync(join(home.directory, 'state'))).toBe(false);
});
