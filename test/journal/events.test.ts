// What each request leaves in the journal, and what hands something out: events in their order, with what belongs to them.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { token } from '../kscli.ts';
import { createWorker, ME, SEEN, type Worker } from './deeds.ts';

const FOLDER = '00000000-0000-0000-0003-000000000001';

let worker: Worker;
let added: Worker['added'];
beforeEach(() => {
  worker = createWorker();
  ({ added } = worker);
});
afterEach(() => worker.remove());

test('a line has its keys in their order, and begins and ends as the chain demands', async () => {
  await worker.kscli('folders list --limit 5', {
    'GET /v1/folders?limit=5&offset=0': { json: { items: [], total: 0 } },
  });
  const [opening = '', line = ''] = worker.readText().split('\n');
  const stamp = `"at":"2026-02-23T11:00:00.000Z"`;
  const who = '"operator":"jane","os_user":"jane","host":"desk-17"';
  const withoutHash = opening.replace(/[0-9a-f]{64}"}$/, '…"}');
  expect(withoutHash).toBe(`{"v":1,"seq":1,${stamp},"event":"file.open",${who},"prev":"${'0'.repeat(64)}","hash":"…"}`);
  expect(line.replace(/[0-9a-f]{64}/g, '…')).toBe(
    `{"v":1,"seq":2,${stamp},"event":"request",${who},"base_url":"https://api.knowledgestack.ai",` +
      `"tenant_id":"${TENANT}","user_id":"${USER}","reason":"wrong totals","ticket":"SUP-4711",` +
      '"command":"folders list","flags":["limit"],"method":"GET","path":"/v1/folders","query":["limit","offset"],' +
      '"status":200,"ms":0,"sent":0,"received":22,"prev":"…","hash":"…"}',
  );
});

test('a read is one line, and anything else two: one before it', async () => {
  const me = { command: 'whoami', method: 'GET', path: '/v1/users/me' };
  expect(await added('whoami', SEEN)).toEqual([{ event: 'request', ...me, status: 200, ms: 0, sent: 0, received: 45 }]);
  const create = { command: 'tags create', flags: ['name', 'color'], method: 'POST', path: '/v1/tags' };
  const created = { 'POST /v1/tags': { status: 201, json: {} } };
  expect(await added('tags create --name secret --color ff8800', created)).toEqual([
    { event: 'request.intent', ...create },
    { event: 'request', ...create, status: 201, ms: 0, sent: 34, received: 2 },
  ]);
});

test('a POST that only reads is a read, by row or by api; one that nobody knows is none', async () => {
  const found = { 'POST /v1/chunks/search': { json: [] } };
  const search = { method: 'POST', path: '/v1/chunks/search', status: 200, ms: 0, received: 2 };
  expect(await added('chunks search --query secret', found)).toEqual([
    { event: 'request', command: 'chunks search', flags: ['query'], ...search, sent: expect.any(Number) },
  ]);
  expect(await added('api POST /v1/chunks/search -F query=secret', found)).toEqual([
    { event: 'request', command: 'api', flags: ['field'], ...search, sent: 18 },
  ]);
  expect(await added('api POST /v1/unknown', { 'POST /v1/unknown': { json: [] } })).toMatchObject([
    { event: 'request.intent', path: '/v1/unknown' },
    { event: 'request', path: '/v1/unknown' },
  ]);
});

test('a failure has its status, and a request without an answer none', async () => {
  const paths = ['folders', 'documents', 'path-parts'].map((things) => `/v1/${things}/${FOLDER}`);
  const missing = Object.fromEntries(paths.map((path) => [`GET ${path}`, { status: 404, json: {} }]));
  // A folder that is not found may be something else.
  expect(await added(`folders describe ${FOLDER}`, missing)).toMatchObject(
    paths.map((path) => ({ event: 'request', path, status: 404 })),
  );
  const refused = Object.assign(new Error(), { code: 'ENOTFOUND' });
  expect(await added('whoami', { [ME]: refused })).toEqual([
    { event: 'request', command: 'whoami', method: 'GET', path: '/v1/users/me', ms: 0, sent: 0 },
  ]);
});

test('a path that was typed is in no line', async () => {
  const reports = {
    part_type: 'FOLDER',
    id: FOLDER,
    path_part_id: FOLDER,
    name: 'reports',
    materialized_path: '/shared/reports',
  };
  const lines = await added('folders describe /shared/reports', {
    'GET /v1/folders/search?name_like=reports&limit=100&offset=0': { json: { items: [reports], total: 1 } },
    [`GET /v1/folders/${FOLDER}`]: { json: reports },
  });
  expect(lines).toMatchObject([
    { event: 'request', path: '/v1/folders/search', query: ['name_like', 'limit', 'offset'] },
    { event: 'request', path: `/v1/folders/${FOLDER}` },
  ]);
  expect(JSON.stringify(lines)).not.toContain('reports');
});

test('a list is a line a page', async () => {
  const page = (offset: number, items: object[]) => ({
    [`GET /v1/tags?limit=2&offset=${offset}`]: { json: { items, total: 3 } },
  });
  const lines = await added('tags list --all --limit 2', {
    ...page(0, [{ id: 1 }, { id: 2 }]),
    ...page(2, [{ id: 3 }]),
  });
  const line = { event: 'request', path: '/v1/tags', query: ['limit', 'offset'] };
  expect(lines).toMatchObject([line, line]);
});

test('what is refused is written down, with the request where there is one', async () => {
  expect(await added('tags create --name x --color ff8800 --read-only')).toEqual([
    {
      event: 'refused',
      command: 'tags create',
      flags: ['name', 'color', 'read-only'],
      method: 'POST',
      path: '/v1/tags',
    },
  ]);
  expect(await added('api POST /v1/api-keys')).toEqual([
    { event: 'refused', command: 'api', method: 'POST', path: '/v1/api-keys' },
  ]);
  expect(await added('token --read-only')).toEqual([{ event: 'refused', command: 'token', flags: ['read-only'] }]);
  expect(await added('exec --with-token --read-only')).toMatchObject([{ event: 'refused', command: 'exec' }]);
  expect(await added('exec', {}, { env: { KSCLI_EXEC: 'acme' } })).toEqual([{ event: 'refused', command: 'exec' }]);
  worker.signIn({}, 'acme');
  const other = `assume-user --session acme --tenant-id ${USER} --user-id ${USER} --reason x`;
  await worker.kscli(other, {}, { env: { ADMIN_API_KEY: 'the-admin-key' } });
  expect(worker.readLines().at(-1)).toMatchObject({ event: 'refused', session: 'acme', tenant_id: USER, reason: 'x' });
});

test('an identity that is refused is written down too: of the file, of a token, and of what is asked for', async () => {
  const pinned = { env: { KSCLI_EXPECT_TENANT: USER } };
  expect(await added('whoami', {}, pinned)).toEqual([{ event: 'refused', command: 'whoami' }]);
  expect(await added('token', {}, pinned)).toEqual([{ event: 'refused', command: 'token' }]);
  const start = `assume-user --tenant-id ${TENANT} --user-id ${USER} --reason x --ticket y`;
  await worker.kscli(start, {}, { env: { ADMIN_API_KEY: 'the-admin-key', ...pinned.env } });
  expect(worker.readLines().at(-1)).toMatchObject({ event: 'refused', command: 'assume-user', reason: 'x' });
  // A renewal that gives somebody else's token: under a pin, and for a named session.
  const foreign = token({ sub: TENANT, exp: 1_800_000_000 });
  const renewal = { 'POST /v1/auth/assume_user': { json: { token: foreign } } };
  const refused = [{ event: 'session.refresh' }, { event: 'refused', command: 'whoami' }];
  worker.signIn({ expires_at: '2020-01-01T00:00:00+00:00' });
  expect(await added('whoami', renewal, { env: { KSCLI_EXPECT_USER: USER } })).toMatchObject(refused);
  worker.signIn({ expires_at: '2020-01-01T00:00:00+00:00' }, 'acme');
  expect(await added('whoami --session acme', renewal)).toMatchObject(refused);
});

test('a token that is printed and a program that is run are written down, without either', async () => {
  expect(await added('token')).toEqual([{ event: 'token.printed', command: 'token' }]);
  expect(await added('token --curl /v1/users/me')).toEqual([
    { event: 'token.printed', command: 'token', flags: ['curl'] },
  ]);
  expect(await added('exec --with-token -- /bin/echo secret')).toEqual([
    { event: 'exec', command: 'exec', flags: ['with-token'] },
  ]);
});
