// kscli settings, and which source of a setting wins.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

function configure(text: string): void {
  mkdirSync(dirname(home.config), { recursive: true });
  writeFileSync(home.config, text);
}

test('shows every setting, its value and where it came from', async () => {
  expect(await home.kscli('settings show -f yaml')).toMatchSnapshot();
});

test('flag over variable over file over default', async () => {
  configure(JSON.stringify({ timeout: 7, format: 'json', verify_ssl: 'off', admin_api_key: 'config-key', unknown: 1 }));
  const env = {
    KSCLI_TIMEOUT: '8',
    KSCLI_BASE_URL: 'https://variable.example.com/',
    KSCLI_FORMAT: '',
    ADMIN_API_KEY: 'variable-key',
  };
  expect(await home.kscli('settings show -f yaml --timeout 9', {}, { env })).toMatchSnapshot();
  expect(await home.kscli('settings show -f table', {}, { env })).toContain('│ KSCLI_TIMEOUT ');
  expect(await home.kscli('settings show -f table')).toContain('│ timeout in ~/.config/kscli/config.json ');
});

test.each(['true', '1', 'yes', 'ON', 'False', '0', 'no', 'Off'])('%s is a boolean', async (word) => {
  const shown = await home.kscli('settings show -f json', {}, { env: { KSCLI_VERIFY_SSL: word } });
  const settings = JSON.parse(shown.slice(shown.indexOf('{'), shown.lastIndexOf('}') + 1));
  expect(settings.verify_ssl).toBe(['true', '1', 'yes', 'on'].includes(word.toLowerCase()));
  expect(settings.sources.verify_ssl).toBe('KSCLI_VERIFY_SSL');
});

test.each([
  ['KSCLI_VERIFY_SSL', 'maybe'],
  ['KSCLI_DEBUG', '2'],
  ['KSCLI_FORMAT', 'xml'],
  ['KSCLI_TIMEOUT', '0'],
  ['KSCLI_TIMEOUT', 'soon'],
  ['KSCLI_TIMEOUT', '1e9'],
  ['KSCLI_BASE_URL', 'ftp://example.com'],
  ['KSCLI_BASE_URL', 'htps:/example.com'],
  ['KSCLI_BASE_URL', 'api.example.com'],
  ['KSCLI_BASE_URL', 'https://'],
  ['KSCLI_BASE_URL', 'https://user:pass/w@rd@example.com'],
  ['KSCLI_BASE_URL', 'https://example.com/?token=1'],
  ['KSCLI_STORE_ADMIN_KEY', 'sure'],
])('%s=%s is a configuration error', async (name, value) => {
  expect(await home.kscli('whoami', {}, { env: { [name]: value } })).toMatchSnapshot();
});

test.each(['--format xml', '--timeout abc', '--base-url nowhere'])('%s is wrong usage', async (flags) => {
  expect(await home.kscli(`whoami ${flags}`)).toMatchSnapshot();
});

test.each([
  ['not JSON', '{"timeout": 5,\n  "format" "json"}'],
  ['a list', '[]'],
  ['a value of the wrong kind', '{"timeout": {}}'],
  ['a bad value', '{"verify_ssl": "perhaps"}'],
])('a config file that is %s', async (_name, text) => {
  configure(text);
  expect(await home.kscli('whoami')).toMatchSnapshot();
  expect(await home.kscli('--version')).toEndWith('exit 0');
  expect(await home.kscli('whoami --help')).toEndWith('exit 0');
});

test('a corrupt config file is never overwritten', async () => {
  configure('{"timeout": 5,');
  expect(await home.kscli('settings environment dev')).toMatchSnapshot();
  expect(readFileSync(home.config, 'utf8')).toBe('{"timeout": 5,');
});

test('an environment is written to the config file, beside what was there', async () => {
  configure('{"admin_api_key": "k", "big": 12345678901234567890, "base_url": "https://old.example.com"}');
  expect(await home.kscli('settings environment dev')).toMatchSnapshot();
  expect(readFileSync(home.config, 'utf8')).toMatchSnapshot();
  expect(statSync(home.config).mode & 0o777).toBe(0o600);
});

test.each(['local', 'prod', 'local --base-url http://localhost:9000/', 'local --base-url https://remote.example.com'])(
  'settings environment %s',
  async (words) => {
    expect(await home.kscli(`settings environment ${words}`)).toMatchSnapshot();
    expect(readFileSync(home.config, 'utf8')).toMatchSnapshot();
  },
);

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
