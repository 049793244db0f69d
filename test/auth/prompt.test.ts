// kscli prompt: the state of the session in a word or two, whatever lies in its file.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { composePrompt } from '../../src/commands/prompt.ts';
import type { World } from '../../src/world.ts';
import { createHome, credentialsFields, type Home, NOW } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test.each([
  ['read-only 42m', { read_only: true, expires_at: '2026-02-23T11:42:59+00:00' }],
  ['99m', { expires_at: '2026-02-23T12:39:59+00:00' }],
  ['1h', { expires_at: '2026-02-23T12:40:00+00:00' }],
  ['23h', { expires_at: '2026-02-24T10:30:00+00:00' }],
  ['0m', { expires_at: '2026-02-23T11:00:30+00:00' }],
  ['due', { expires_at: '2020-01-01T00:00:00+00:00' }],
  ['20m', { expires_at: '2020-01-01T00:00:00+00:00', lease_until: '2026-02-23T11:20:00+00:00' }],
  ['ended', { lease_until: '2026-02-23T10:00:00+00:00' }],
  [
    'read-only ended',
    { read_only: true, token: undefined, admin_api_key: undefined, lease_until: '2026-02-23T10:00:00+00:00' },
  ],
  ['', { token: undefined, admin_api_key: undefined, expires_at: undefined, read_only: true }],
])('prompt says %s', async (said, fields) => {
  const line = (name: string) => `${`${name} ${said}`.trim()}\n`;
  home.keepSession('acme', fields);
  expect(await home.kscli('prompt --session acme')).toBe(`$ kscli prompt --session acme\n${line('acme')}exit 0`);
  expect(await quickly({ KSCLI_SESSION: 'acme' })).toBe(line('acme'));
  home.keep(credentialsFields(fields));
  expect(await quickly({})).toBe(line('00000000'));
});

/** As for a line without flags. */
function quickly(env: Record<string, string>): Promise<string> {
  const world = { env: { KSCLI_CREDENTIALS_PATH: home.credentials, ...env }, home: home.directory, platform: 'linux' };
  return composePrompt({ ...world, userId: process.geteuid?.(), now: () => NOW } as unknown as World);
}

test('prompt is empty and ends with 0 without credentials, with a wrong name, with broken files, and changes nothing', async () => {
  expect(await home.kscli('prompt')).toMatchInlineSnapshot(`
    "$ kscli prompt
    exit 0"
  `);
  expect(await home.kscli('prompt --session acme')).toMatchInlineSnapshot(`
    "$ kscli prompt --session acme
    exit 0"
  `);
  expect(await home.kscli('prompt', {}, { env: { KSCLI_SESSION: '../x', KSCLI_TIMEOUT: 'x' } })).toMatchInlineSnapshot(`
    "$ kscli prompt
    exit 0"
  `);
  expect(await quickly({ KSCLI_SESSION: '../x' })).toBe('');
  home.keep('not json');
  expect(await quickly({})).toBe('');
  home.keep();
  chmodSync(home.credentials, 0o644);
  expect(await quickly({})).toBe('00000000 60m\n');
  expect(statSync(home.credentials).mode & 0o777).toBe(0o644);
  expect(await quickly({ KSCLI_CREDENTIALS_PATH: join(home.directory, 'state') })).toBe('00000000 60m\n');
  chmodSync(home.credentials, 0o666);
  expect(await quickly({})).toBe('');
  expect(readFileSync(home.credentials, 'utf8')).toBe(credentialsFields());
});
