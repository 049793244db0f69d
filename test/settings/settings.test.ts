// kscli settings show, which source of a setting wins, and values that are wrong.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home, token } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('shows every setting, its value and where it came from', async () => {
  expect(await home.kscli('settings show -f yaml')).toMatchSnapshot();
});

test('flag over variable over file over default', async () => {
  home.configure(
    JSON.stringify({ timeout: 7, format: 'json', verify_ssl: 'off', admin_api_key: 'config-key', unknown: 1 }),
  );
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
  ['KSCLI_READONLY', 'KSCLI_READ_ONLY'],
  ['KSCLI_EXPECT_TENANT_ID', 'KSCLI_EXPECT_TENANT'],
  ['KSCLI_BASEURL', 'KSCLI_BASE_URL'],
  ['KSCLI_VERIFY_TLS', 'KSCLI_VERIFY_SSL'],
  ['KSCLI_CA_BUNDEL', 'KSCLI_CA_BUNDLE'],
  // By its words, in another order, with one more or one fewer.
  ['KSCLI_SSL_VERIFY', 'KSCLI_VERIFY_SSL'],
  ['KSCLI_SESSION_NAME', 'KSCLI_SESSION'],
  ['KSCLI_READ_ONLY_MODE', 'KSCLI_READ_ONLY'],
  ['KSCLI_EXPECTED_TENANT_ID', 'KSCLI_EXPECT_TENANT'],
  ['KSCLI_STORE_KEY', 'KSCLI_STORE_ADMIN_KEY'],
  // As other tools call it.
  ['KSCLI_URL', 'KSCLI_BASE_URL'],
  ['KSCLI_PROFILE', 'KSCLI_SESSION'],
  ['KSCLI_DRY_RUN', 'KSCLI_READ_ONLY'],
  ['KSCLI_INSECURE', 'KSCLI_VERIFY_SSL'],
  ['KSCLI_CACERT', 'KSCLI_CA_BUNDLE'],
  ['KSCLI_ADMIN_KEY', 'ADMIN_API_KEY'],
])('%s is taken for a mistyped %s, and nothing is sent', async (name, near) => {
  const transcript = await home.kscli('whoami', {}, { env: { [name]: 'true' } });
  expect(transcript).toBe(
    `$ kscli whoami\n! Error: ${name} is no setting of kscli\n! Did you mean ${near}? Correct or remove it.\nexit 1`,
  );
  for (const line of ['--help', '--version', 'logout', 'completion bash', 'agent-help']) {
    expect(await home.kscli(line, {}, { env: { [name]: 'true' } })).toEndWith('exit 0');
  }
});

test.each([
  'KSCLI_FORMATT',
  'KSCLI_OUTPUT_FORMAT',
  'KSCLI_SOMETHING_ELSE',
  'KSCLI_IMAGE',
  'KSCLI_HOST',
  'KSCLI_LOG_LEVEL',
])('%s is a warning', async (name) => {
  expect(await home.kscli('settings show -f id-only', {}, { env: { [name]: '1' } })).toContain(
    `! Warning: ${name} is no setting of kscli`,
  );
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
  expect(await home.kscli('whoami', {}, { env: { KSCLI_TENANT_ID: 'x' } })).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: KSCLI_TENANT_ID: 'x' is not a UUID
    exit 1"
  `);
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
  home.configure(JSON.stringify({ base_url: url }));
  expect(await home.kscli('whoami')).not.toContain('canary');
});
