// No secret in anything that the compiled binary prints, whatever fails, in any form in which it could travel.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { createSite, finish, type Outcome, type Site } from '../binary.ts';
import { expectSilence, FAULTS } from '../canaries.ts';
import { testWhere } from '../where.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const ASSUME = 'POST /v1/auth/assume_user';
const ME = 'GET /v1/users/me';
const CANARY_KEY = 'canary/key+with=signs&0123456789';
const PROXY_PASSWORD = 'canary-proxy-password';

let machine: Site;
beforeEach(() => {
  machine = createSite();
});
afterEach(() => machine.remove());

const VARIANTS = ['', ' --debug', ' -f json --debug', ' -f yaml'];

function runVariants(line: string): Promise<Outcome[]> {
  return Promise.all(VARIANTS.map((variant) => machine.run(line + variant, { ADMIN_API_KEY: CANARY_KEY })));
}

test.each(FAULTS)('assume-user says nothing of the key, answered by %s', async (_name, fault) => {
  machine.backend.faults.set(ASSUME, fault);
  for (const outcome of await runVariants(LINE)) {
    expect(outcome.exit).not.toBe(0);
    expectSilence(outcome, CANARY_KEY);
  }
});

/** All that were sent, renewed ones among them. */
function listTokens(): string[] {
  const cookies = machine.backend.requests.map(({ headers }) => headers.get('cookie') ?? '');
  const tokens = new Set(cookies.flatMap((cookie) => /ks_uat=(.+)/.exec(cookie)?.[1] ?? []));
  expect(tokens.size).toBeGreaterThan(0);
  return [...tokens];
}

test.each(FAULTS)('whoami and its refresh say nothing of keys and tokens, answered by %s', async (_name, fault) => {
  await machine.signIn();
  for (const route of [ME, ASSUME]) {
    machine.backend.faults.set(route, fault);
    for (const outcome of await runVariants('whoami')) {
      expect(outcome.exit).not.toBe(0);
      expectSilence(outcome, CANARY_KEY, ADMIN_KEY, ...listTokens());
    }
  }
});

test('a token in half an answer is not shown', async () => {
  const token = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from('{"sub":"canary","exp":99999999999}').toString('base64url')}.canarysignature`;
  machine.backend.faults.set(ASSUME, () => new Response(`{"token": "${token}`));
  const outcome = await machine.run(`${LINE} --debug`, { ADMIN_API_KEY: CANARY_KEY });
  expect(outcome.exit).toBe(1);
  expectSilence(outcome, CANARY_KEY, token, token.slice(0, 30), 'canarysignature');
});

test('commands that succeed show no secret', async () => {
  for (const variant of VARIANTS) {
    const signedIn = await machine.run(LINE + variant, { ADMIN_API_KEY: ADMIN_KEY });
    const { token } = JSON.parse(readFileSync(machine.credentials, 'utf8'));
    const outcomes = [
      signedIn,
      await machine.run(`whoami${variant}`),
      await machine.run(`settings show${variant}`, { ADMIN_API_KEY: ADMIN_KEY }),
      await machine.run(`logout${variant}`),
    ];
    expect(outcomes.map(({ exit }) => exit)).toEqual([0, 0, 0, 0]);
    for (const outcome of outcomes) expectSilence(outcome, ADMIN_KEY, token);
  }
});

test('the password of a proxy is not shown, whether it is dead or refuses', async () => {
  const env = {
    ADMIN_API_KEY: CANARY_KEY,
    KSCLI_BASE_URL: 'http://api.invalid',
    HTTP_PROXY: `http://user:${PROXY_PASSWORD}@127.0.0.1:9`,
  };
  expect(await machine.kscli(LINE, env)).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! Warning: http://api.invalid is plain http: the key and the token travel unencrypted.
    ! Error: Could not connect to api.invalid through the proxy http://127.0.0.1:9 (HTTP_PROXY): connection refused
    ! Check HTTP_PROXY and the base URL.
    exit 1"
  `);
  const dead = await machine.run(`${LINE} --debug`, env);
  expect(dead.exit).toBe(1);
  const refusing = await machine.run(`${LINE} --debug`, {
    ...env,
    HTTP_PROXY: machine.backend.url.replace('//', `//user:${PROXY_PASSWORD}@`),
  });
  expect(refusing.exit).not.toBe(0);
  for (const outcome of [dead, refusing]) expectSilence(outcome, CANARY_KEY, PROXY_PASSWORD, `user:${PROXY_PASSWORD}`);
});

test('secrets in corrupt files are not shown', async () => {
  await machine.run(LINE, { ADMIN_API_KEY: ADMIN_KEY });
  writeFileSync(machine.credentials, readFileSync(machine.credentials, 'utf8').replace('"user_id"', 'user_id'));
  expectSilence(await machine.run('whoami --debug'), ADMIN_KEY);
  writeFileSync(`${machine.home}/config.json`, `{"admin_api_key": "${CANARY_KEY}" "timeout": 5}`);
  const outcome = await machine.run('whoami --debug', { KSCLI_CONFIG: `${machine.home}/config.json` });
  expect(outcome.exit).toBe(1);
  expectSilence(outcome, CANARY_KEY);
});

testWhere(existsSync('/proc/self/cmdline'), '/proc', 'no secret is in the argument list of the process', async () => {
  const { reached } = machine.backend.hold(ASSUME);
  const child = machine.start(LINE.split(' '), { ADMIN_API_KEY: CANARY_KEY });
  await reached;
  const listed = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8');
  child.kill('SIGINT');
  await finish(child);
  expect(listed).toContain('assume-user');
  expectSilence({ stdout: listed, stderr: '' }, CANARY_KEY);
});
