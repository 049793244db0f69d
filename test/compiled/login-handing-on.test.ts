// An API key that the compiled binary keeps: what goes to other servers, to curl, to programs and to doctor.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync } from 'node:fs';
import { OTHER_USER, startBackend, TENANT, USER } from '../backend/server.ts';
import { createSite, finish, type Site } from '../binary.ts';
import { hasTool, testWhere } from '../where.ts';

const ME = 'GET /v1/users/me';

let machine: Site;
let key: string;
beforeEach(() => {
  machine = createSite();
  key = machine.backend.apiKeys.create({ userId: USER, tenantId: TENANT });
});
afterEach(() => machine.remove());

test('a redirect takes the key nowhere, and neither does another base URL', async () => {
  const other = startBackend();
  const away = () => new Response(null, { status: 307, headers: { location: `${other.url}/v1/users/me` } });
  machine.backend.faults.set(ME, away);
  expect(await machine.run('login', { KSCLI_API_KEY: key })).toMatchObject({ exit: 1, stdout: '' });
  machine.backend.faults.clear();
  await machine.run('login', { KSCLI_API_KEY: key });
  machine.backend.faults.set(ME, away);
  expect((await machine.run('whoami')).exit).toBe(1);
  expect((await machine.run('whoami', { KSCLI_BASE_URL: other.url })).exit).toBe(2);
  expect((await machine.run('whoami', { KSCLI_BASE_URL: `${machine.backend.url}.example.com` })).exit).not.toBe(0);
  expect(other.requests).toEqual([]);
  await other.stop();
});

testWhere(
  hasTool('curl'),
  'curl',
  'token --curl is what the real curl needs, with the key in no argument list',
  async () => {
    await machine.run('login', { KSCLI_API_KEY: key });
    machine.backend.requests.length = 0;
    const script = 'kscli token --curl /v1/users/me | curl -sS --config -';
    expect(await machine.shell(script)).toMatchInlineSnapshot(`
      "$ kscli token --curl /v1/users/me | curl -sS --config -
      > GET /v1/users/me | authorization: Bearer <key>
      {"id":"00000000-0000-0000-0001-000000000001","email":"user@example.com","current_tenant_id":"00000000-0000-0000-0002-000000000001"}<no newline>
      exit 0"
    `);
  },
);

testWhere(
  existsSync('/proc/self/environ'),
  '/proc',
  'exec hands the key on in no variable and no argument',
  async () => {
    await machine.run('login', { KSCLI_API_KEY: key });
    const words = ['exec', '--', '/bin/sh', '-c', 'tr "\\0" "\\n" < /proc/self/environ; cat /proc/$$/cmdline'];
    const { stdout, exit } = await finish(machine.start(words, { KSCLI_API_KEY: key, KSCLI_API_KEY_FILE: '/x' }));
    expect(exit).toBe(0);
    expect(stdout).toContain(`KSCLI_EXPECT_USER=${USER}`);
    expect(stdout).not.toContain(key);
    expect(stdout).not.toContain('API_KEY');
  },
);

test('doctor tries the key, knows whose it is, and needs no admin key', async () => {
  await machine.run('login', { KSCLI_API_KEY: key });
  const diagnose = async (env: Record<string, string> = {}) => {
    const { stdout, exit } = await machine.run('doctor -f json', env);
    const rows: { check: string; result: string; detail: string; remedy: string | null }[] = JSON.parse(stdout);
    const told = rows.filter(({ check }) => ['admin key', 'API key', 'token'].includes(check));
    return { exit, told: told.map(({ check, result, detail, remedy }) => [check, result, detail, remedy]) };
  };
  const unneeded = ['admin key', 'skipped', 'not needed: signed in with an API key', null];
  expect(await diagnose()).toEqual({ exit: 0, told: [unneeded, ['API key', 'ok', 'accepted', null]] });
  const offline = await machine.run('doctor --offline -f json');
  expect(offline.stdout).toContain(`user ${USER}\\ntenant ${TENANT}\\nan API key, which has no end`);
  machine.change({ user_id: OTHER_USER });
  const foreign = `Wrong identity: user ${USER}, but ${OTHER_USER} is expected`;
  expect(await diagnose()).toEqual({ exit: 1, told: [unneeded, ['API key', 'failed', foreign, 'Run: kscli login']] });
  machine.backend.apiKeys.delete(key);
  const refused = 'refused (401): deleted, or of another server';
  expect(await diagnose()).toEqual({ exit: 1, told: [unneeded, ['API key', 'failed', refused, 'Run: kscli login']] });
});
