// The config file: broken, wrong, unsafe, and when it is written.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test.each([
  ['not JSON', '{"timeout": 5,\n  "format" "json"}'],
  ['a list', '[]'],
  ['a value of the wrong kind', '{"timeout": {}}'],
  ['a bad value', '{"verify_ssl": "perhaps"}'],
])('a config file that is %s', async (_name, text) => {
  home.configure(text);
  expect(await home.kscli('whoami')).toMatchSnapshot();
  expect(await home.kscli('--version')).toEndWith('exit 0');
  expect(await home.kscli('whoami --help')).toEndWith('exit 0');
});

test.each([
  ['{"expect_tenant": "x"}', 'expect_tenant in ~/.config/kscli/config.json is no setting of kscli'],
  ['{"session": "acme"}', 'session in ~/.config/kscli/config.json is no setting of kscli'],
  ['{"ssl_verify": true}', 'ssl_verify in ~/.config/kscli/config.json is no setting of kscli'],
  ['{"url": "https://staging.example.com"}', 'url in ~/.config/kscli/config.json is no setting of kscli'],
  ['{"verifyssl": false}', 'verifyssl in ~/.config/kscli/config.json is no setting of kscli'],
  ['{"ca_bundle": 5}', "ca_bundle in ~/.config/kscli/config.json: '5' is not a text"],
  ['{"verify_ssl": [true]}', "verify_ssl in ~/.config/kscli/config.json: '[true]' is not true or false"],
  ['{"admin_api_key": {"k": 1}}', 'admin_api_key in ~/.config/kscli/config.json is not a text'],
])('the config %s is an error', async (text, words) => {
  home.configure(text);
  const line = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
  const transcript = await home.kscli(line);
  expect(transcript).toContain(`! Error: ${words}`);
  expect(transcript).toEndWith('exit 1');
});

test('a mistyped key is told with the command that removes it, and that command works', async () => {
  home.configure('{"base_ur": "https://staging.example.com"}');
  expect(await home.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: base_ur in ~/.config/kscli/config.json is no setting of kscli
    ! Did you mean base_url? To remove it: kscli settings unset base_ur
    exit 1"
  `);
  expect(await home.kscli('settings unset base_ur')).toMatchInlineSnapshot(`
    "$ kscli settings unset base_ur
    Removed base_ur from ~/.config/kscli/config.json
    exit 0"
  `);
  home.configure('{"base ur": "https://staging.example.com"}');
  expect(await home.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: base ur in ~/.config/kscli/config.json is no setting of kscli
    ! Did you mean base_url? Correct or remove it.
    exit 1"
  `);
});

test('a corrupt config file is never overwritten', async () => {
  home.configure('{"timeout": 5,');
  expect(await home.kscli('settings environment dev')).toMatchSnapshot();
  expect(readFileSync(home.config, 'utf8')).toBe('{"timeout": 5,');
});

test('a config file that is a link stays one', async () => {
  mkdirSync(dirname(home.config), { recursive: true });
  writeFileSync(`${home.directory}/dotfile.json`, '{}');
  symlinkSync(`${home.directory}/dotfile.json`, home.config);
  await home.kscli('settings environment dev');
  expect(readFileSync(`${home.directory}/dotfile.json`, 'utf8')).toContain('api-staging');
});

test('nothing is written by commands that change no setting', async () => {
  await home.kscli('settings show');
  await home.kscli('settings environment nowhere');
  expect(existsSync(home.config)).toBe(false);
});

test('a writer that was killed leaves a copy, which the next one removes, and so does logout', async () => {
  const leave = () => writeFileSync(`${home.config}.0123456789abcdef.tmp`, '{"admin_api_key": "k"}');
  home.configure('{}');
  leave();
  await home.kscli('settings set timeout 5');
  expect(readdirSync(dirname(home.config))).toEqual(['config.json']);
  leave();
  await home.kscli('logout');
  expect(readdirSync(dirname(home.config))).toEqual(['config.json']);
});

test('a config that others can write, a directory or a FIFO in its place is refused at once', async () => {
  home.configure('{}');
  chmodSync(home.config, 0o622);
  expect(await home.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: The config file ~/.config/kscli/config.json is refused: ~/.config/kscli/config.json can be written by other users
    ! It decides where the admin key is sent. Make it a file that only you can write, or name another in KSCLI_CONFIG.
    exit 1"
  `);
  expect(await home.kscli('logout')).toEndWith('exit 0');
  rmSync(home.config);
  mkdirSync(home.config);
  expect(await home.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: The config file ~/.config/kscli/config.json is refused: ~/.config/kscli/config.json is not a regular file
    ! It decides where the admin key is sent. Make it a file that only you can write, or name another in KSCLI_CONFIG.
    exit 1"
  `);
  rmSync(home.config, { recursive: true });
  expect(Bun.spawnSync(['mkfifo', home.config]).success).toBe(true);
  expect(await home.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: The config file ~/.config/kscli/config.json is refused: ~/.config/kscli/config.json is not a regular file
    ! It decides where the admin key is sent. Make it a file that only you can write, or name another in KSCLI_CONFIG.
    exit 1"
  `);
});
