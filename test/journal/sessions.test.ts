// The beginning, the renewal and the end of a session in the journal.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { OLD_TOKEN, token } from '../kscli.ts';
import { createWorker, ME, SEEN, WHY, type Worker } from './deeds.ts';

const ASSUME = 'POST /v1/auth/assume_user';
const IDS = `--tenant-id ${TENANT} --user-id ${USER}`;
const ISSUED = { [ASSUME]: { json: { token: token() } } };

let worker: Worker;
let added: Worker['added'];
beforeEach(() => {
  worker = createWorker();
  ({ added } = worker);
});
afterEach(() => worker.remove());

test('the exchange is the start of a session, also where it is refused', async () => {
  const line = `assume-user --session acme ${IDS} --reason 'wrong totals' --ticket SUP-4711`;
  const env = { ADMIN_API_KEY: 'the-admin-key' };
  const flags = ['tenant-id', 'user-id', 'reason', 'ticket', 'session'];
  const exchange = { session: 'acme', command: 'assume-user', flags, method: 'POST', path: '/v1/auth/assume_user' };
  expect(await added(line, ISSUED, { env })).toEqual([
    { event: 'session.start', ...exchange, status: 200, ms: 0, sent: 101, received: expect.any(Number) },
  ]);
  expect(await added(line, { [ASSUME]: { status: 403, json: {} } }, { env })).toMatchObject([
    { event: 'session.start', ...exchange, status: 403 },
  ]);
});

test('a renewal is a refresh of the session', async () => {
  worker.signIn({ token: OLD_TOKEN, expires_at: '2026-02-23T10:00:00+00:00' });
  expect(await added('whoami', { ...ISSUED, ...SEEN })).toMatchObject([
    { event: 'session.refresh', command: 'whoami', path: '/v1/auth/assume_user', status: 200 },
    { event: 'request', path: '/v1/users/me', status: 200 },
  ]);
  worker.signIn({ token: OLD_TOKEN });
  expect(await added('whoami', { ...ISSUED, [ME]: [{ status: 401 }, { json: { id: USER } }] })).toMatchObject([
    { event: 'request', status: 401 },
    { event: 'session.refresh', status: 200 },
    { event: 'request', status: 200 },
  ]);
});

test('a sign-in with a key is a start of the session too, once it is known whose key it is', async () => {
  const stubs = { [ME]: { json: { id: USER, current_tenant_id: TENANT } } };
  const options = { env: { KSCLI_API_KEY: 'sk-user-0123456789' } };
  await worker.kscli(`login --reason 'wrong totals' --ticket SUP-4711`, stubs, options);
  expect(worker.readLines().slice(1)).toMatchObject([
    { event: 'request', command: 'login', flags: ['reason', 'ticket'], path: '/v1/users/me', status: 200, ...WHY },
    { event: 'session.start', command: 'login', tenant_id: TENANT, user_id: USER, ...WHY },
  ]);
  expect(worker.readLines()[1]).not.toHaveProperty('user_id');
  expect(await added('whoami', stubs)).toMatchObject([{ event: 'request', path: '/v1/users/me' }]);
});

test('a sign-out ends a session, and so does its removal; nothing ends twice', async () => {
  expect(await added('logout')).toEqual([{ event: 'session.end', command: 'logout' }]);
  expect(await added('logout')).toEqual([]);
  worker.signIn({}, 'acme');
  worker.signIn({}, 'beta');
  expect(await added('logout --session acme')).toEqual([
    { event: 'session.end', session: 'acme', command: 'logout', flags: ['session'] },
  ]);
  expect(await added('sessions remove acme beta')).toEqual([
    { event: 'session.end', session: 'beta', command: 'sessions remove' },
  ]);
  worker.signIn();
  worker.signIn({}, 'acme');
  const end = { event: 'session.end', command: 'logout', flags: ['all'] };
  expect(await added('logout --all')).toEqual([end, { ...end, session: 'acme' }]);
});

test('the end of a lease is written down once, by whoever finds it', async () => {
  const lease = { started_at: '2026-02-23T09:00:00+00:00', lease_until: '2026-02-23T10:30:00+00:00' };
  worker.signIn(lease, 'acme');
  expect(await added('whoami --session acme')).toEqual([
    { event: 'lease.end', session: 'acme', command: 'whoami', flags: ['session'] },
  ]);
  expect(await added('whoami --session acme')).toEqual([]);
  expect(await added('logout --session acme')).toEqual([]);
});
