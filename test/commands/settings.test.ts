// kscli settings, and which source of a setting wins.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home, token } from '../kscli.ts';

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

test('set and unset change one key, checked before it is written', async () => {
  configure('{"big": 12345678901234567890}');
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
  expect(await home.kscli('settings set admin_api_key typed-key')).toContain('! Warning: Other users of this machine');
});

test('a writer that was killed leaves a copy, which the next one removes, and so does logout', async () => {
  const leave = () => writeFileSync(`${home.config}.0123456789abcdef.tmp`, '{"admin_api_key": "k"}');
  configure('{}');
  leave();
  await home.kscli('settings set timeout 5');
  expect(readdirSync(dirname(home.config))).toEqual(['config.json']);
  leave();
  await home.kscli('logout');
  expect(readdirSync(dirname(home.config))).toEqual(['config.json']);
});

test.each([
  ['KSCLI_READONLY', 'KSCLI_READ_ONLY'],
  ['KSCLI_EXPECT_TENANT_ID', 'KSCLI_EXPECT_TENANT'],
  ['KSCLI_BASEURL', 'KSCLI_BASE_URL'],
  ['KSCLI_VERIFY_TLS', 'KSCLI_VERIFY_SSL'],
  ['KSCLI_CA_BUNDEL', 'KSCLI_CA_BUNDLE'],
])('%s is taken for a mistyped %s, and nothing is sent', async (name, near) => {
  const transcript = await home.kscli('whoami', {}, { env: { [name]: 'true' } });
  expect(transcript).toBe(
    `$ kscli whoami\n! Error: ${name} is no setting of kscli\n! Did you mean ${near}? Correct or remove it.\nexit 1`,
  );
  for (const line of ['--help', '--version', 'logout', 'completion bash', 'agent-help']) {
    expect(await home.kscli(line, {}, { env: { [name]: 'true' } })).toEndWith('exit 0');
  }
});

test.each(['KSCLI_FORMATT', 'KSCLI_SOMETHING_ELSE'])('%s is a warning', async (name) => {
  expect(await home.kscli('settings show -f id-only', {}, { env: { [name]: '1' } })).toContain(
    `! Warning: ${name} is no setting of kscli`,
  );
});

test.each([
  ['{"verifyssl": false}', 'verifyssl in ~/.config/kscli/config.json is no setting of kscli'],
  ['{"ca_bundle": 5}', "ca_bundle in ~/.config/kscli/config.json: '5' is not a text"],
  ['{"verify_ssl": [true]}', "verify_ssl in ~/.config/kscli/config.json: '[true]' is not true or false"],
  ['{"admin_api_key": {"k": 1}}', 'admin_api_key in ~/.config/kscli/config.json is not a text'],
])('the config %s is an error', async (text, words) => {
  configure(text);
  const line = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
  const transcript = await home.kscli(line);
  expect(transcript).toContain(`! Error: ${words}`);
  expect(transcript).toEndWith('exit 1');
});

test('a config that others can write, a directory or a FIFO in its place is refused at once', async () => {
  configure('{}');
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
  expect(await home.kscli('whoami')).toContain('is not a regular file');
  rmSync(home.config, { recursive: true });
  expect(Bun.spawnSync(['mkfifo', home.config]).success).toBe(true);
  expect(await home.kscli('whoami')).toContain('is not a regular file');
});

test('KSCLI_BASE_URL still wins over an environment, which says so', async () => {
  const env = { KSCLI_BASE_URL: 'https://other.example.com' };
  expect(await home.kscli('settings environment dev', {}, { env })).toMatchInlineSnapshot(`
    "$ kscli settings environment dev
    Environment dev: https://api-staging.knowledgestack.ai
    Written to ~/.config/kscli/config.json
    ! Warning: KSCLI_BASE_URL is set and wins. Unset it to use this environment.
    exit 0"
  `);
});

test('a base URL before the words of settings environment is the global flag, and changes nothing', async () => {
  await home.kscli('--base-url https://other.example.com settings environment dev');
  expect(JSON.parse(readFileSync(home.config, 'utf8')).base_url).toBe('https://api-staging.knowledgestack.ai');
});

test('the ids of assume-user may come from variables, and all that is missing is named', async () => {
  const env = { ADMIN_API_KEY: 'key', KSCLI_TENANT_ID: TENANT, KSCLI_USER_ID: USER };
  const stubs = { 'POST /v1/auth/assume_user': { json: { token: token() } } };
  expect(await home.kscli('assume-user', stubs, { env })).toEndWith('exit 0');
  expect(await home.kscli('assume-user')).toMatchInlineSnapshot(`
    "$ kscli assume-user
    ! Error: Missing --tenant-id <uuid> and --user-id <uuid>
    ! In a script, KSCLI_TENANT_ID and KSCLI_USER_ID do the same.
    ! Usage: kscli assume-user [options]
    exit 64"
  `);
  expect(await home.kscli('whoami', {}, { env: { KSCLI_TENANT_ID: 'x' } })).toContain(
    "! Error: KSCLI_TENANT_ID: 'x' is not a UUID",
  );
});

test.each([
  'https:user:canary-pw@host',
  'user:canary-pw@host',
  'https:\\\\user:canary-pw@host',
  'https:/user:canary-pw@host',
  'https://user:canary-pw@host/?q=1',
  'http://user:canary-pw#@host',
])('no part of a password in the malformed base URL %s is shown', async (url) => {
  for (const line of ['whoami', 'settings show', 'doctor', 'logout --debug']) {
    const transcript = await home.kscli(line, {}, { env: { KSCLI_BASE_URL: url } });
    expect(transcript).not.toContain('canary');
  }
  configure(JSON.stringify({ base_url: url }));
  expect(await home.kscli('whoami')).not.toContain('canary');
});

test('set and unset mend a config with a bad value or a mistyped key', async () => {
  configure('{"timeout": "soon", "verifyssl": false}');
  expect(await home.kscli('settings set timeout 5')).toEndWith('exit 0');
  expect(await home.kscli('settings unset verifyssl')).toEndWith('exit 0');
  expect(JSON.parse(readFileSync(home.config, 'utf8'))).toEqual({ timeout: 5 });
});
