// kscli settings set and unset: one key at a time, checked before it is written.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('set and unset change one key, checked before it is written', async () => {
  home.configure('{"big": 12345678901234567890}');
  expect(await home.kscli('settings set timeout 90s')).toMatchInlineSnapshot(`
    "$ kscli settings set timeout 90s
    Set timeout to 90 in ~/.config/kscli/config.json
    exit 0"
  `);
  await home.kscli('settings set verify_ssl no');
  await home.kscli('settings set ca_bundle ~/ca.pem');
  expect(readFileSync(home.config, 'utf8')).toMatchInlineSnapshot(`
    "{
      "big": 12345678901234567890,
      "timeout": 90,
      "verify_ssl": false,
      "ca_bundle": "~/ca.pem"
    }
    "
  `);
  expect(await home.kscli('settings unset ca_bundle')).toMatchInlineSnapshot(`
    "$ kscli settings unset ca_bundle
    Removed ca_bundle from ~/.config/kscli/config.json
    exit 0"
  `);
  expect(await home.kscli('settings set timout 5')).toMatchInlineSnapshot(`
    "$ kscli settings set timout 5
    ! Error: <key>: 'timout' is not one of base_url, format, timeout, read_only, confirm, verify_ssl, ca_bundle, lease, max_lease, require_reason, admin_api_key_command, store_admin_key, journal, journal_path, operator, admin_api_key
    ! Did you mean timeout?
    ! Usage: kscli settings set <key> <value> [options]
    exit 64"
  `);
  expect(await home.kscli('settings set timeout soon')).toMatchInlineSnapshot(`
    "$ kscli settings set timeout soon
    ! Error: timeout: 'soon' is not a time from 0.001 to 86400 seconds, like 30, 90s or 1h30m
    ! Usage: kscli settings set <key> <value> [options]
    exit 64"
  `);
  expect(await home.kscli("settings set timeout ''")).toMatchInlineSnapshot(`
    "$ kscli settings set timeout ''
    ! Error: timeout: '' is empty. To remove the setting, use settings unset
    ! Usage: kscli settings set <key> <value> [options]
    exit 64"
  `);
  expect(readFileSync(home.config, 'utf8')).toMatchInlineSnapshot(`
    "{
      "big": 12345678901234567890,
      "timeout": 90,
      "verify_ssl": false
    }
    "
  `);
});

test('the admin key is never shown by set, and warned of in an argument list', async () => {
  expect(await home.kscli('settings set admin_api_key -', {}, { stdin: 'the-key\n' })).toMatchInlineSnapshot(`
    "$ kscli settings set admin_api_key -
    Set admin_api_key to (set) in ~/.config/kscli/config.json
    exit 0"
  `);
  expect(readFileSync(home.config, 'utf8')).toContain('"admin_api_key": "the-key"');
  expect(await home.kscli('settings set admin_api_key typed-key')).toMatchInlineSnapshot(`
    "$ kscli settings set admin_api_key typed-key
    Set admin_api_key to (set) in ~/.config/kscli/config.json
    ! Warning: Other users of this machine can see a key in the argument list. Give - and the key on standard input.
    exit 0"
  `);
});

test('set and unset mend a config with a bad value or a mistyped key', async () => {
  home.configure('{"timeout": "soon", "verifyssl": false}');
  expect(await home.kscli('settings set timeout 5')).toEndWith('exit 0');
  expect(await home.kscli('settings unset verifyssl')).toEndWith('exit 0');
  expect(JSON.parse(readFileSync(home.config, 'utf8'))).toEqual({ timeout: 5 });
});
