// No API key in anything that the compiled binary prints, whatever fails, in any form in which it could travel.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TENANT, USER } from '../backend/server.ts';
import { createSite, finish, type Site } from '../binary.ts';
import { expectSilence, FAULTS } from '../canaries.ts';
import { testWhere } from '../where.ts';

const ME = 'GET /v1/users/me';
const CANARY = 'canary/key+with=signs&0123456789';
const VARIANTS = ['', ' --debug', ' -f json --debug', ' -f yaml'];

let machine: Site;
beforeEach(() => {
  machine = createSite();
});
afterEach(() => machine.remove());

function keep(fields: object): void {
  mkdirSync(dirname(machine.credentials), { recursive: true, mode: 0o700 });
  writeFileSync(machine.credentials, JSON.stringify(fields), { mode: 0o600 });
}

test.each(FAULTS)('login says nothing of the key, answered by %s', async (_name, fault) => {
  machine.backend.faults.set(ME, fault);
  const file = join(machine.home, 'key.txt');
  writeFileSync(file, CANARY);
  const ways = [{ KSCLI_API_KEY: CANARY }, { KSCLI_API_KEY_FILE: file }];
  for (const env of ways) {
    for (const outcome of await Promise.all(VARIANTS.map((variant) => machine.run(`login${variant}`, env)))) {
      expect(outcome.exit).not.toBe(0);
      expectSilence(outcome, CANARY);
    }
  }
  const typed = await machine.runInTerminal('login --debug', `${CANARY}\r`, {}, 1000);
  expectSilence({ stdout: typed.shown, stderr: '' }, CANARY);
  expectSilence(await machine.run(`login --debug --api-key ${CANARY}`), CANARY);
});

test.each(FAULTS)('whoami says nothing of the key, answered by %s', async (_name, fault) => {
  for (const ids of [{}, { user_id: USER, tenant_id: TENANT }]) {
    keep({ api_key: CANARY, ...ids });
    machine.backend.faults.set(ME, fault);
    const lines = VARIANTS.map((variant) => machine.run(`whoami${variant} --expect-tenant ${TENANT}`));
    for (const outcome of await Promise.all(lines)) {
      expect(outcome.exit).not.toBe(0);
      expectSilence(outcome, CANARY);
    }
  }
});

test('what else knows the file says nothing of the key either', async () => {
  keep({ api_key: CANARY, base_url: machine.backend.url, user_id: USER, tenant_id: TENANT });
  const lines = [
    'sessions list',
    'settings show',
    'doctor',
    'prompt',
    'token',
    'exec --with-token -- env',
    'exec -- env',
  ];
  const outcomes = await Promise.all(lines.map((line) => machine.run(line, { KSCLI_API_KEY: CANARY })));
  for (const outcome of [...outcomes, await machine.run('logout -f json')]) expectSilence(outcome, CANARY);
});

test('a key that stands where none belongs is not shown', async () => {
  const key = 'sk-user-0123456789abcdef';
  for (const line of [
    `login ${key}`,
    key,
    `login --key=${key}`,
    `whoami --${key}`,
    `api ${key} /v1/x`,
    `login --url ${key}`,
  ])
    expectSilence(await machine.run(line), key);
  keep({ token: key, user_id: USER, tenant_id: TENANT, expires_at: 'never', note: key });
  expectSilence(await machine.run('whoami --debug'), key);
});

testWhere(existsSync('/proc/self/cmdline'), '/proc', 'no key is in the argument list of the process', async () => {
  const { reached } = machine.backend.hold(ME);
  const child = machine.start(['login'], { KSCLI_API_KEY: CANARY });
  await reached;
  const listed = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8');
  child.kill('SIGINT');
  await finish(child);
  expect(listed).toContain('login');
  expectSilence({ stdout: listed, stderr: '' }, CANARY);
});
