// One refresh for many processes, killed ones among them, on the compiled binary.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ADMIN_KEY, refuse, TENANT, USER } from '../backend/server.ts';
import { verifyToken } from '../backend/tokens.ts';
import { dropDebug, type Followed, finish, follow, type Site, WAITING, waitUntilSaid } from '../binary.ts';
import { ASSUME, createRefreshSite, listFiles } from './refresh-site.ts';

const WHOAMI = ['whoami', '-f', 'id-only', '--debug'];

let machine: Site;
beforeEach(async () => {
  machine = await createRefreshSite();
});
afterEach(() => machine.remove());

function kept(): Record<string, string> {
  return JSON.parse(readFileSync(machine.credentials, 'utf8'));
}

function startMany(count: number): Followed[] {
  return Array.from({ length: count }, () => follow(machine.start(WHOAMI), WAITING));
}

async function expectAllServed(children: readonly Followed[]): Promise<void> {
  const outcomes = await Promise.all(children.map(({ outcome }) => outcome));
  expect(outcomes.map(dropDebug)).toEqual(children.map(() => ({ exit: 0, stdout: `${USER}\n`, stderr: '' })));
}

test('a valid token touches no lock', async () => {
  expect(await machine.kscli('whoami -f id-only')).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  expect(readdirSync(dirname(machine.credentials)).filter((name) => name.includes('refresh'))).toEqual([]);
});

async function expectOneExchange(count: number): Promise<void> {
  const { reached, release } = machine.backend.hold(ASSUME);
  const children = startMany(count);
  await Promise.all([reached, waitUntilSaid(children, count - 1)]);
  release();
  await expectAllServed(children);
  expect(machine.backend.count(ASSUME)).toBe(1);
}

test('50 commands on one expired token make one request for a new one', async () => {
  machine.expire();
  await expectOneExchange(50);
});

test('20 commands on one revoked token make one request for a new one', async () => {
  machine.backend.revoked.add(kept()['token'] ?? '');
  await expectOneExchange(20);
});

test('when the holder of the lock is killed, the next one asks at once', async () => {
  machine.expire();
  const { reached } = machine.backend.hold(ASSUME);
  const holder = machine.start(['whoami']);
  await reached;
  const others = startMany(5);
  await waitUntilSaid(others, 5);
  holder.kill('SIGKILL');
  // Otherwise they would wait for all of their time limit.
  await expectAllServed(others);
  expect(machine.backend.count(ASSUME)).toBe(2);
});

// Locks come and go as journals; the new file is the sixth to the eighth change.
const STEPS = 11;

/** Steps of a refresh: 0 when the server is asked, then each change in the directory of the file. @param over there are no more */
async function waitForStep(step: number, over: Promise<unknown>): Promise<void> {
  if (step === 0) return machine.backend.hold(ASSUME).reached;
  const { promise, resolve } = Promise.withResolvers<void>();
  let changes = 0;
  const watcher = watch(dirname(machine.credentials), () => {
    if (++changes === step) resolve();
  });
  await Promise.race([promise, over]);
  watcher.close();
}

test('killed at any step of a refresh, the file is always whole', async () => {
  let killed = 0;
  for (let round = 0; round < 3 * STEPS; round++) {
    machine.expire();
    // None of them ends before it is killed: by then all may have a token, and ask for more.
    const { reached: over } = machine.backend.hold('GET /v1/users/me', 4);
    const children = Array.from({ length: 4 }, () => machine.start(['whoami']));
    const outcomes = children.map(finish);
    await waitForStep(round % STEPS, over);
    for (const child of children) child.kill('SIGKILL');
    killed += (await Promise.all(outcomes)).filter(({ exit }) => exit !== 0).length;
    const { token = '', expires_at, ...rest } = kept();
    expect(rest).toEqual({ user_id: USER, tenant_id: TENANT, admin_api_key: ADMIN_KEY, base_url: machine.backend.url });
    expect(await verifyToken(token)).toEqual({ userId: USER, tenantId: TENANT });
  }
  expect(killed).toBe(4 * 3 * STEPS);
  // Nothing is held any more.
  machine.backend.hold('GET /v1/users/me').release();
  machine.expire();
  expect(await machine.kscli('whoami -f id-only')).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  expect(listFiles(machine)).toEqual(['.credentials']);
});

test('a lock file left behind blocks nobody, whatever it is', async () => {
  machine.expire();
  writeFileSync(`${machine.credentials}.refresh-lock`, 'not a database');
  writeFileSync(`${machine.credentials}.write-lock`, '');
  expect(await machine.kscli('whoami -f id-only')).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  expect(Date.parse(kept()['expires_at'] ?? '')).toBeGreaterThan(Date.now());
});

test('requests side by side that are all refused share one refresh', async () => {
  const { backend } = machine;
  const old = kept()['token'] ?? '';
  mkdirSync(`${machine.home}/files`);
  for (const name of ['a', 'b', 'c', 'd']) writeFileSync(`${machine.home}/files/${name}.pdf`, name);
  backend.faults.set('POST /v1/documents/ingest', ({ headers }) =>
    headers.get('cookie')?.includes(old)
      ? refuse(401, 'revoked')
      : Response.json({ document_id: TENANT, document_version_id: TENANT, workflow_id: 'w' }),
  );
  const { exit, stderr } = await machine.run(`folders bulk-ingest files --path-part-id ${TENANT}`);
  expect([exit, stderr]).toEqual([0, '']);
  expect(backend.count(ASSUME)).toBe(1);
  expect(backend.count('POST /v1/documents/ingest')).toBe(8);
});
