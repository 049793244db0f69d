// One refresh for many processes, killed ones among them, on the compiled binary.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ADMIN_KEY, type Backend, OTHER_USER, refuse, startBackend, TENANT, USER } from '../backend/server.ts';
import { signToken } from '../backend/tokens.ts';
import { createMachine, finish, type Machine } from '../binary.ts';

const ASSUME = 'POST /v1/auth/assume_user';
const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const OTHER_LINE = `assume-user --tenant-id ${TENANT} --user-id ${OTHER_USER}`;

let backend: Backend;
let machine: Machine;
beforeAll(() => {
  backend = startBackend();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  backend.delay = 0;
  backend.faults.clear();
  machine = createMachine({ KSCLI_BASE_URL: backend.url });
  await machine.run(LINE, { ADMIN_API_KEY: ADMIN_KEY });
  backend.requests.length = 0;
});
afterEach(() => machine.remove());

function kept(): Record<string, string> {
  return JSON.parse(readFileSync(machine.credentials, 'utf8'));
}

function filesLeft(): string[] {
  return readdirSync(dirname(machine.credentials)).filter((name) => !name.endsWith('-lock'));
}

/** Holds the next exchange back until it is let go. */
function holdExchange(): { reached: Promise<void>; release: () => void } {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  backend.faults.set(ASSUME, async () => {
    reached.resolve();
    backend.faults.delete(ASSUME);
    await released.promise;
    return Response.json({ token: await signToken({ userId: USER, tenantId: TENANT }, 3600) });
  });
  return { reached: reached.promise, release: released.resolve };
}

test('a valid token touches no lock', async () => {
  await machine.run('whoami');
  expect(readdirSync(dirname(machine.credentials)).filter((name) => name.includes('refresh'))).toEqual([]);
});

test('50 commands on one expired token make one request', async () => {
  machine.expire();
  backend.delay = 300;
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => machine.run('whoami -f id-only')));
  expect(outcomes.filter(({ exit, stdout, stderr }) => exit !== 0 || stdout !== `${USER}\n` || stderr !== '')).toEqual(
    [],
  );
  expect(backend.count(ASSUME)).toBe(1);
});

test('20 commands on one revoked token make one request', async () => {
  backend.revoked.add(kept()['token'] ?? '');
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => machine.run('whoami -f id-only')));
  expect(outcomes.filter(({ exit, stderr }) => exit !== 0 || stderr !== '')).toEqual([]);
  expect(backend.count(ASSUME)).toBe(1);
});

test('when the holder of the lock is killed, the others go on', async () => {
  machine.expire();
  const { reached } = holdExchange();
  const holder = machine.start(['whoami']);
  await reached;
  const others = Array.from({ length: 5 }, () => machine.run('whoami'));
  await Bun.sleep(200);
  const killed = performance.now();
  holder.kill('SIGKILL');
  const outcomes = await Promise.all(others);
  expect(performance.now() - killed).toBeLessThan(5000);
  expect(outcomes.map(({ exit }) => exit)).toEqual([0, 0, 0, 0, 0]);
  expect(backend.count(ASSUME)).toBe(2);
});

test('killed at any moment of 200 refreshes, the file is always whole', async () => {
  let killed = 0;
  for (let round = 0; round < 200; round += 4) {
    machine.expire();
    const children = Array.from({ length: 4 }, () => machine.start(['whoami']));
    await Bun.sleep(Math.random() * 40);
    for (const child of children) child.kill('SIGKILL');
    const outcomes = await Promise.all(children.map(finish));
    killed += outcomes.filter(({ exit }) => exit !== 0).length;
    expect(kept()).toMatchObject({ user_id: USER, tenant_id: TENANT, admin_api_key: ADMIN_KEY });
  }
  expect(killed).toBeGreaterThan(0);
  machine.expire();
  expect((await machine.run('whoami')).exit).toBe(0);
  expect(filesLeft()).toEqual(['.credentials']);
});

test('a refresh of one user never overwrites an assume-user of another', async () => {
  machine.expire();
  const { reached, release } = holdExchange();
  const refreshing = machine.run('whoami -f id-only');
  await reached;
  await machine.run(OTHER_LINE, { ADMIN_API_KEY: ADMIN_KEY });
  release();
  expect(await refreshing).toEqual({ exit: 0, stdout: `${USER}\n`, stderr: '' });
  expect(kept()['user_id']).toBe(OTHER_USER);
  expect((await machine.run('whoami -f id-only')).stdout).toBe(`${OTHER_USER}\n`);
});

test('an assume-user after a refresh has the last word', async () => {
  machine.expire();
  await machine.run('whoami');
  await machine.run(OTHER_LINE, { ADMIN_API_KEY: ADMIN_KEY });
  expect(kept()['user_id']).toBe(OTHER_USER);
});

test('a refresh never brings back what a logout removed', async () => {
  machine.expire();
  const { reached, release } = holdExchange();
  const refreshing = machine.run('whoami -f id-only');
  await reached;
  expect((await machine.run('logout')).exit).toBe(0);
  release();
  expect(await refreshing).toMatchObject({ exit: 0, stderr: '' });
  expect(filesLeft()).toEqual([]);
  expect((await machine.run('whoami')).exit).toBe(2);
});

test('a lock file left behind blocks nobody, whatever it is', async () => {
  machine.expire();
  writeFileSync(`${machine.credentials}.refresh-lock`, 'not a database');
  writeFileSync(`${machine.credentials}.write-lock`, '');
  expect(await machine.run('whoami -f id-only')).toMatchObject({ exit: 0, stderr: '' });
  expect(kept()['expires_at']).not.toStartWith('2020');
});

test('requests side by side that are all refused share one refresh', async () => {
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
