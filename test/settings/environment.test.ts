// kscli settings environment: which base URL it writes, beside what was there.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync, statSync } from 'node:fs';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('an environment is written to the config file, beside what was there', async () => {
  home.configure('{"admin_api_key": "k", "big": 12345678901234567890, "base_url": "https://old.example.com"}');
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
