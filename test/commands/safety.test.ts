// Reading only, expected identities, and the question before a delete.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const TERMINAL = { isTerminal: true, env: { KSCLI_CONFIRM: 'true', NO_COLOR: '1' } };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test.each([
  [`folders delete ${A} --read-only`, {}],
  ['tags create --name x', { KSCLI_READ_ONLY: 'yes' }],
  ['--read-only api POST /v1/chunks/search/../../tags', {}],
  ['--read-only api POST /v1/chunks/search/%2e%2e/%2E%2e/tags', {}],
  ['--read-only api POST /v1/chunks/search%2f..%2f..%2ftags', {}],
  ['--read-only api POST /v1/chunks%2fsearch', {}],
  ['--read-only api POST /v1/chunks/search/', {}],
  ['--read-only api POST /v1/chunks/searches', {}],
  ['--read-only api POST /v1/chunks/%zz', {}],
  ['--read-only api POST /v1/chunks', {}],
  ['--read-only api PATCH /v1/chunks/search', {}],
  ['--read-only api POST /v1/folders', {}],
  ['--read-only api DELETE /v1/tags', {}],
])('only reading: %s is refused before it is sent', async (line, env) => {
  const transcript = await home.kscli(line, {}, { env });
  expect(transcript).toContain('\n! Error: Refused: ');
  expect(transcript).toEndWith('exit 1');
});

test('only reading: a search and a list go through', async () => {
  const found = { 'POST /v1/chunks/search': { json: [] } };
  expect(await home.kscli('chunks search -q x --read-only', found)).toEndWith('exit 0');
  expect(await home.kscli('--read-only api POST /v1/chunks/search', found)).toEndWith('exit 0');
  expect(await home.kscli('--read-only api POST /v1/tags/../chunks/./search', found)).toEndWith('exit 0');
  const encoded = { 'POST /v1/chunks/%73earch?a=%2F': { json: [] } };
  expect(await home.kscli('--read-only api POST /v1/chunks/%73earch?a=%2F', encoded)).toEndWith('exit 0');
  const listed = { 'GET /v1/tags?limit=20&offset=0': { json: { items: [], total: 0 } } };
  expect(await home.kscli('tags list --read-only', listed)).toEndWith('exit 0');
});

test('somebody else than expected does nothing', async () => {
  const transcript = await home.kscli(`tags list --expect-tenant ${A}`);
  expect(transcript).toContain(`Run: kscli assume-user --tenant-id ${A} --user-id ${USER}`);
  expect(transcript).toContain(`! The tenant is ${TENANT}, but ${A} is expected.`);
  expect(transcript).toEndWith('exit 2');
  expect(await home.kscli('tags list', {}, { env: { KSCLI_EXPECT_USER: A } })).toEndWith('exit 2');
  const stubs = { 'GET /v1/tags?limit=20&offset=0': { json: { items: [], total: 0 } } };
  expect(await home.kscli(`tags list --expect-tenant ${TENANT} --expect-user ${USER}`, stubs)).toEndWith('exit 0');
});

test('an identity that is not expected is not taken on', async () => {
  const line = `assume-user --tenant-id ${TENANT} --user-id ${USER} --expect-tenant ${A}`;
  const transcript = await home.kscli(line, {}, { env: { ADMIN_API_KEY: 'key' } });
  expect(transcript).toContain(`! The tenant is ${TENANT}, but ${A} is expected.\n! Nothing was sent.`);
  expect(transcript).toEndWith('exit 2');
});

test('what is refused sends nothing, not even for a new token', async () => {
  home.keep(credentialsFields({ expires_at: '2026-02-23T10:00:00+00:00' }));
  const transcript = await home.kscli(`tags delete ${A} --read-only`);
  home.keep();
  expect(transcript).not.toContain('\n> ');
  expect(transcript).toEndWith('exit 1');
});

test('a delete asks, and a no deletes nothing', async () => {
  const no = await home.kscli(`folders delete ${A}`, {}, { ...TERMINAL, stdin: '\n' });
  expect(no).toContain(`! Delete folder ${A} as user ${USER} in tenant ${TENANT}? [y/N] `);
  expect(no).toEndWith('exit 1');
  const stubs = { [`DELETE /v1/folders/${A}`]: { status: 204 } };
  expect(await home.kscli(`folders delete ${A}`, stubs, { ...TERMINAL, stdin: 'y\n' })).toContain(
    `Deleted folder ${A}`,
  );
});

test('without a terminal a delete needs --yes, and only where it is asked for', async () => {
  const env = { KSCLI_CONFIRM: '1' };
  expect(await home.kscli(`tags delete ${A}`, {}, { env })).toEndWith('[options]\nexit 64');
  const stubs = { [`DELETE /v1/tags/${A}`]: { status: 204 } };
  expect(await home.kscli(`tags delete ${A} --yes`, stubs, { env })).toEndWith('exit 0');
  expect(await home.kscli(`tags delete ${A}`, stubs)).toEndWith('exit 0');
});
