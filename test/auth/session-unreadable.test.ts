// assume-user and login for a session whose file cannot be read: it is made anew, and nobody is left to think that it is
// bound as it was.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { OTHER_USER, TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, token } from '../kscli.ts';

const ISSUED = { 'POST /v1/auth/assume_user': { json: { token: token() } } };
const LINE = `assume-user --session acme --tenant-id ${TENANT} --user-id ${OTHER_USER}`;

const WARNING =
  '! Warning: The file of session acme cannot be read: whom it was for, and whether for reading alone, is not kept.';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const assume = async (line = LINE) => (await home.kscli(line, ISSUED, { env: { ADMIN_API_KEY: 'key' } })).split('\n');

test.each([
  ['no JSON', '{bad'],
  ['nothing', ''],
  ['a list', '[]'],
  ['no user', credentialsFields({ user_id: 'x', read_only: true })],
])('a file with %s', async (_, contents) => {
  home.keep(contents, 'acme');
  const lines = await assume();
  expect(lines).toContain(WARNING);
  expect(lines.at(-1)).toBe('exit 0');
});

test('a file that others can write', async () => {
  home.keepSession('acme', { read_only: true });
  chmodSync(join(home.sessions, 'acme'), 0o666);
  expect(await assume()).toContain(WARNING);
});

test('a login too', async () => {
  home.keep('{bad', 'acme');
  const me = { 'GET /v1/users/me': { json: { id: USER, current_tenant_id: TENANT } } };
  const env = { KSCLI_API_KEY: 'sk-user-0123456789abcdef' };
  expect((await home.kscli('login --session acme', me, { env })).split('\n')).toContain(WARNING);
});

test('nothing is said with --replace, of a new session, of one that is signed out, and of the unnamed one', async () => {
  expect(await assume()).not.toContain(WARNING);
  home.keep('{bad', 'acme');
  expect(await assume(`${LINE} --replace`)).not.toContain(WARNING);
  await home.kscli('logout --session acme');
  expect(await assume()).not.toContain(WARNING);
  home.keep('{bad');
  const unnamed = await assume(LINE.replace(' --session acme', ''));
  expect(unnamed.filter((line) => line.startsWith('!'))).toEqual([]);
});
