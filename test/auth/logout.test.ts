// kscli logout: what it removes.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('logout removes everything, and succeeds again', async () => {
  home.keep();
  writeFileSync(`${home.credentials}.0123456789abcdef.tmp`, 'left by a killed process');
  writeFileSync(`${home.credentials}.refresh-lock`, '');
  expect(await home.kscli('logout')).toMatchInlineSnapshot(`
    "$ kscli logout
    Removed ~/state/.credentials
    exit 0"
  `);
  expect(existsSync(dirname(home.credentials))).toBe(true);
  expect([...new Bun.Glob('**').scanSync({ cwd: dirname(home.credentials), dot: true })]).toEqual([]);
  expect(await home.kscli('logout')).toMatchInlineSnapshot(`
    "$ kscli logout
    No credentials in ~/state/.credentials
    exit 0"
  `);
  expect(await home.kscli('logout -f json')).toMatchInlineSnapshot(`
    "$ kscli logout -f json
    {
      "credentials_path": "~/state/.credentials",
      "removed": false
    }
    exit 0"
  `);
  expect(await home.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: Not authenticated. Run: kscli assume-user --tenant-id <id> --user-id <id>
    ! There are no credentials in ~/state/.credentials.
    exit 2"
  `);
});
