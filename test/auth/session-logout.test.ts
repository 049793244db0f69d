// logout of one session, of the unnamed one and of all: what goes, and what stays.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, credentialsFields, type Home } from '../kscli.ts';
import { ISSUED, KEY } from './exchange.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('logout --session leaves what binds the session, and nothing secret; assume-user takes it up again', async () => {
  home.keep();
  home.keepSession('acme', { read_only: true });
  writeFileSync(join(home.sessions, 'acme.0123456789abcdef.tmp'), 'half a secret');
  expect(await home.kscli('logout --session acme')).toMatchInlineSnapshot(`
    "$ kscli logout --session acme
    Signed out of session acme (~/state/.credentials.sessions/acme)
    exit 0"
  `);
  expect(readFileSync(join(home.sessions, 'acme'), 'utf8')).toMatchInlineSnapshot(`
    "{
      "user_id": "00000000-0000-0000-0001-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "base_url": "https://api.knowledgestack.ai",
      "read_only": true
    }
    "
  `);
  expect(readdirSync(home.sessions)).toEqual(['acme']);
  expect(await home.kscli('logout', {}, { env: { KSCLI_SESSION: 'acme' } })).toMatchInlineSnapshot(`
    "$ kscli logout
    No credentials in ~/state/.credentials.sessions/acme
    exit 0"
  `);
  expect(await home.kscli('whoami --session acme')).toMatchInlineSnapshot(`
    "$ kscli whoami --session acme
    ! Error: Not authenticated. Run: kscli assume-user --session acme --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! The session acme is signed out.
    exit 2"
  `);
  expect(await home.kscli('assume-user --session acme', ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(home.kept('acme')).toMatchObject({ read_only: true });
  expect(existsSync(home.credentials)).toBe(true);
});

test('a plain logout leaves the named sessions alone; --all signs out of every one', async () => {
  home.keep();
  home.keepSession('acme');
  home.keepSession('broken', { user_id: 5 });
  writeFileSync(join(home.sessions, 'torn'), '{"token": "secr');
  expect(await home.kscli('logout')).toMatchInlineSnapshot(`
    "$ kscli logout
    Removed ~/state/.credentials
    exit 0"
  `);
  expect(home.kept('acme')).toEqual(JSON.parse(credentialsFields()));
  home.keep();
  expect(await home.kscli('logout --all')).toMatchInlineSnapshot(`
    "$ kscli logout --all
    Removed ~/state/.credentials
    Signed out of session acme (~/state/.credentials.sessions/acme)
    Signed out of session broken (~/state/.credentials.sessions/broken)
    Signed out of session torn (~/state/.credentials.sessions/torn)
    exit 0"
  `);
  expect(readdirSync(home.sessions).sort()).toEqual(['acme', 'broken']);
  expect(await home.kscli('logout --all -f json')).toMatchInlineSnapshot(`
    "$ kscli logout --all -f json
    [
      {
        "credentials_path": "~/state/.credentials",
        "removed": false
      },
      {
        "credentials_path": "~/state/.credentials.sessions/acme",
        "removed": false,
        "session": "acme"
      },
      {
        "credentials_path": "~/state/.credentials.sessions/broken",
        "removed": false,
        "session": "broken"
      }
    ]
    exit 0"
  `);
  expect(await home.kscli('logout --all --session acme')).toMatchInlineSnapshot(`
    "$ kscli logout --all --session acme
    ! Error: --all and --session cannot be used together
    ! Usage: kscli logout [options]
    exit 64"
  `);
});
