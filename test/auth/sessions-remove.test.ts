// kscli sessions remove: which files go, and which stay.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('sessions remove names what it does not know and removes the others', async () => {
  home.keep();
  for (const name of ['acme', 'beta', 'gamma']) home.keepSession(name);
  writeFileSync(join(home.sessions, 'acme.write-lock'), '');
  expect(await home.kscli('sessions remove acme nobody beta acme')).toMatchInlineSnapshot(`
    "$ kscli sessions remove acme nobody beta acme
    Removed acme
    Removed beta
    ! Error: There is no session nobody
    exit 1"
  `);
  expect(readdirSync(home.sessions)).toEqual(['gamma']);
  expect(existsSync(home.credentials)).toBe(true);
});

test('sessions remove --ended takes those whose lease is over and those that are signed out, --all every named one', async () => {
  home.keep();
  home.keepSession('acme');
  home.keepSession('lease', { lease_until: '2026-02-23T10:00:00+00:00' });
  home.keepSession('out', { token: undefined, admin_api_key: undefined, expires_at: undefined });
  expect(await home.kscli('sessions remove --ended')).toMatchInlineSnapshot(`
    "$ kscli sessions remove --ended
    Removed lease
    Removed out
    exit 0"
  `);
  writeFileSync(join(home.sessions, 'new.0123456789abcdef.tmp'), 'half a secret');
  expect(await home.kscli('sessions remove --all -f json')).toMatchInlineSnapshot(`
    "$ kscli sessions remove --all -f json
    [
      {
        "name": "acme",
        "removed": true
      },
      {
        "name": "new",
        "removed": false
      }
    ]
    exit 0"
  `);
  expect(readdirSync(home.sessions)).toEqual([]);
  expect(existsSync(home.credentials)).toBe(true);
});

test.each(['', '-', "''", 'acme --all', '--all --ended'])('sessions remove %s is wrong usage', async (words) => {
  home.keepSession('acme');
  expect(await home.kscli(`sessions remove ${words}`)).toEndWith('exit 64');
  expect(readdirSync(home.sessions)).toEqual(['acme']);
});

test('logout and sessions remove work with a broken config file', async () => {
  home.keepSession('acme');
  home.keepSession('beta');
  home.configure('{"base_url"');
  expect(await home.kscli('logout --session acme')).toEndWith('exit 0');
  expect(home.kept('acme')).not.toHaveProperty('token');
  expect(await home.kscli('sessions remove acme beta')).toEndWith('exit 0');
  expect(await home.kscli('logout --all')).toEndWith('exit 0');
});
