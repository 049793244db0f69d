// Ten prepared faults that a person can tell apart with nothing but doctor's output.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Certificate, makeCertificate } from '../backend/certificates.ts';
import { ADMIN_KEY, type Backend, refuse, startBackend, TENANT, USER } from '../backend/server.ts';
import { BINARY, createMachine, finish, type Machine } from '../binary.ts';
import { canMount, hasIpv6, testWhere } from '../where.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const ME = 'GET /v1/users/me';
const ASSUME = 'POST /v1/auth/assume_user';

let authority: Certificate;
let backend: Backend;
let machine: Machine;
beforeAll(() => {
  authority = makeCertificate({ name: 'Test Authority' });
  backend = startBackend({ tls: makeCertificate({ name: 'server', issuer: authority, hosts: ['localhost'] }) });
});
afterAll(() => backend.stop());
beforeEach(async () => {
  backend.faults.clear();
  machine = createMachine({ KSCLI_BASE_URL: backend.url });
  writeFileSync(`${machine.home}/ca.pem`, authority.certificate);
  machine.env['KSCLI_CA_BUNDLE'] = `${machine.home}/ca.pem`;
  await machine.run(LINE, { ADMIN_API_KEY: ADMIN_KEY });
  backend.requests.length = 0;
});
afterEach(() => machine.remove());

type Row = { check: string; result: string; detail: string; remedy: string | null };

async function diagnose(
  env: Record<string, string> = {},
  flags = '',
): Promise<{ exit: number | null; failed: Row[]; rows: Row[] }> {
  const { exit, stdout, stderr } = await machine.run(`doctor -f json ${flags}`, env);
  expect(stderr).toMatch(/^(kscli (works|does not work): .*|Nothing is wrong on this machine.*)\n$/);
  const rows: Row[] = JSON.parse(stdout);
  for (const { result, remedy } of rows) expect(result === 'failed' || result === 'warning').toBe(remedy !== null);
  return { exit, rows, failed: rows.filter(({ result }) => result === 'failed') };
}

async function serveWith(certificate: Certificate) {
  const server = startBackend({ tls: certificate });
  const result = await diagnose({ KSCLI_BASE_URL: server.url, KSCLI_CREDENTIALS_PATH: `${machine.home}/none` });
  await server.stop();
  expect(server.requests).toEqual([]);
  return result.failed.filter(({ check }) => check !== 'credentials');
}

test('all is well', async () => {
  const { exit, rows } = await diagnose();
  expect(rows.map(({ check, result }) => `${check}: ${result}`)).toEqual([
    'settings: ok',
    'credentials: ok',
    'base URL: ok',
    'name resolution: ok',
    'proxy: ok',
    'connection: ok',
    'TLS: ok',
    'admin key: ok',
    'clock: ok',
    'token: ok',
    'system: ok',
    'environment: ok',
  ]);
  expect(exit).toBe(0);
  expect(rows.find(({ check }) => check === 'TLS')?.detail).toContain('CN=Test Authority');
  const { exit: code, stdout, stderr } = await machine.run('doctor');
  expect([code, stdout.split('\n').at(-2), stderr]).toEqual([
    0,
    `kscli works: user ${USER} in tenant ${TENANT} at ${backend.url}.`,
    '',
  ]);
});

/** So long a label is in no name, which needs no name server to tell. */
const NO_HOST = `${'x'.repeat(64)}.invalid`;

test('1. no such host', async () => {
  const { exit, failed } = await diagnose({
    KSCLI_BASE_URL: `https://${NO_HOST}`,
    KSCLI_CREDENTIALS_PATH: `${machine.home}/none`,
  });
  expect(failed.at(-1)).toMatchObject({
    check: 'name resolution',
    detail: `${NO_HOST}: no such host`,
  });
  expect(exit).toBe(1);
});

test('2. connection refused', async () => {
  const gone = startBackend();
  await gone.stop();
  const { failed } = await diagnose({ KSCLI_BASE_URL: gone.url, KSCLI_CREDENTIALS_PATH: `${machine.home}/none` });
  expect(failed.at(-1)).toMatchObject({
    check: 'connection',
    detail: expect.stringContaining('connection refused'),
  });
});

test('3. dead proxy', async () => {
  const env = { KSCLI_BASE_URL: 'https://api.kscli.invalid', HTTPS_PROXY: 'http://user:canary@127.0.0.1:9' };
  const { failed, rows } = await diagnose({ ...env, KSCLI_CREDENTIALS_PATH: `${machine.home}/none` });
  expect(failed.at(-1)).toMatchObject({
    check: 'connection',
    detail: expect.stringContaining('proxy 127.0.0.1:9: connection refused'),
  });
  expect(failed.at(-1)?.remedy).toContain('HTTPS_PROXY');
  expect(JSON.stringify(rows)).not.toContain('canary');
});

test('4. unknown CA', async () => {
  const { exit, failed } = await diagnose({ KSCLI_CA_BUNDLE: '' });
  expect(failed.map(({ check }) => check)).toEqual(['TLS']);
  expect(failed[0]?.detail).toContain('bundled roots refuses: ');
  expect(failed[0]?.detail).toContain("the operating system's store refuses: ");
  expect(failed[0]?.detail).toContain('issued by CN=Test Authority');
  expect(failed[0]?.remedy).toContain('KSCLI_CA_BUNDLE');
  expect(exit).toBe(1);
  expect(backend.requests).toEqual([]);
});

test('5. wrong host', async () => {
  const failed = await serveWith(makeCertificate({ name: 'server', issuer: authority, hosts: ['other.example.com'] }));
  expect(failed.map(({ check }) => check)).toEqual(['TLS']);
  expect(failed[0]?.detail).toContain('another host name (ERR_TLS_CERT_ALTNAME_INVALID)');
  expect(failed[0]?.detail).toContain('for other.example.com');
});

test('6. expired certificate', async () => {
  const failed = await serveWith(
    makeCertificate({ name: 'server', issuer: authority, hosts: ['localhost'], from: -9, until: -1 }),
  );
  expect(failed).toMatchObject([
    { check: 'TLS', detail: expect.stringContaining('certificate has expired (CERT_HAS_EXPIRED)') },
  ]);
});

test('7. https to a plain http port', async () => {
  const plain = startBackend();
  const { failed } = await diagnose({
    KSCLI_BASE_URL: plain.url.replace('http:', 'https:'),
    KSCLI_CREDENTIALS_PATH: `${machine.home}/none`,
  });
  await plain.stop();
  expect(failed.at(-1)).toMatchObject({ check: 'TLS', remedy: expect.stringContaining('http:// instead of https://') });
});

test('8. clock off by an hour', async () => {
  backend.faults.set(ME, () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    return Response.json({ id: USER }, { headers: { date } });
  });
  const { failed } = await diagnose();
  expect(failed).toMatchObject([
    { check: 'clock', detail: expect.stringMatching(/^3(60[01]|5\d\d) seconds behind the server$/) },
  ]);
});

test('9. foreign credentials', async () => {
  const other = startBackend();
  const { failed } = await diagnose({ KSCLI_BASE_URL: other.url });
  await other.stop();
  expect(failed).toMatchObject([
    { check: 'credentials', detail: expect.stringContaining(`for ${backend.url}, not for ${other.url}`) },
  ]);
  expect(failed[0]?.remedy).toBe(`Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`);
  expect(other.requests.filter(({ headers }) => headers.has('cookie'))).toEqual([]);
});

test('10. revoked token', async () => {
  backend.faults.set(ME, () => refuse(401, 'revoked'));
  const { failed } = await diagnose();
  expect(failed).toMatchObject([{ check: 'token', remedy: 'Run kscli assume-user again.' }]);
  expect(backend.count(ASSUME)).toBe(1);
});

test('a token that is refused, where the key gives another, stops no command', async () => {
  const { token } = JSON.parse(readFileSync(machine.credentials, 'utf8'));
  backend.revoked.add(token);
  const { exit, rows } = await diagnose();
  expect(rows.find(({ check }) => check === 'token')).toEqual({
    check: 'token',
    result: 'warning',
    detail: 'refused (401), but the admin key gives another',
    remedy: 'Nothing: the next command renews it.',
  });
  expect(exit).toBe(0);
  expect((await machine.run('whoami')).exit).toBe(0);
});

test('a key that is refused fails it while the token is still good, and the file stays as it is', async () => {
  const before = readFileSync(machine.credentials, 'utf8').replace(ADMIN_KEY, 'revoked-admin-key');
  writeFileSync(machine.credentials, before);
  const { exit, stdout, stderr } = await machine.run('doctor -f json');
  const { check, detail, remedy } = JSON.parse(stdout).find(({ result }: Row) => result === 'failed');
  expect({ exit, check, detail: detail.split('\n'), remedy, stderr }).toEqual({
    exit: 1,
    check: 'admin key',
    detail: [
      'Permission denied: Invalid admin API key',
      `The key is the one from the cache in ${machine.credentials}.`,
    ],
    remedy: `Set the right key in ADMIN_API_KEY. Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`,
    stderr: `kscli does not work: admin key: Permission denied: Invalid admin API key. Set the right key in ADMIN_API_KEY. Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}\n`,
  });
  expect(readFileSync(machine.credentials, 'utf8')).toBe(before);
});

test('one request for a token, which is kept only where the old one was due', async () => {
  const before = readFileSync(machine.credentials, 'utf8');
  await diagnose();
  expect(readFileSync(machine.credentials, 'utf8')).toBe(before);
  machine.expire();
  const { exit, rows } = await diagnose();
  expect(rows.find(({ check }) => check === 'admin key')?.detail).toBe('accepted, and the token renewed');
  expect(exit).toBe(0);
  expect(backend.count(ASSUME)).toBe(2);
  await machine.run('whoami');
  expect(backend.count(ASSUME)).toBe(2);
});

test('an expired token that nothing renews fails it, as it fails every command', async () => {
  machine.expire();
  const fields = JSON.parse(readFileSync(machine.credentials, 'utf8'));
  writeFileSync(machine.credentials, JSON.stringify({ ...fields, admin_api_key: null }));
  const { exit, failed } = await diagnose();
  expect(failed).toEqual([
    {
      check: 'admin key',
      result: 'failed',
      detail: 'none is cached, and ADMIN_API_KEY is not set: the token that is due cannot be renewed',
      remedy: `Set ADMIN_API_KEY. Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`,
    },
  ]);
  expect(exit).toBe(1);
  expect((await machine.run('whoami')).exit).toBe(2);
});

test('--offline sends nothing, and says that it did not look', async () => {
  const { exit, rows } = await diagnose({}, '--offline');
  expect(rows.map(({ check, result }) => `${check}: ${result}`)).toEqual([
    'settings: ok',
    'credentials: ok',
    'base URL: ok',
    'network: skipped',
    'system: ok',
    'environment: ok',
  ]);
  expect(exit).toBe(0);
  expect(backend.requests).toEqual([]);
});

/** The rows that say where the server is. */
async function locateServer(url: string): Promise<string[]> {
  const env = { KSCLI_BASE_URL: url, KSCLI_CREDENTIALS_PATH: `${machine.home}/${new URL(url).hostname}/credentials` };
  expect(await machine.run(LINE, { ...env, ADMIN_API_KEY: ADMIN_KEY })).toMatchObject({ exit: 0, stderr: '' });
  const { exit, rows } = await diagnose(env);
  expect(exit).toBe(0);
  return rows.filter(({ check }) => ['name resolution', 'TLS'].includes(check)).map(({ detail }) => detail);
}

const PLAIN = 'plain http to this machine: nothing leaves it';

test('a name of this machine that commands find is found', async () => {
  const server = startBackend();
  const { port } = new URL(server.url);
  for (const name of ['localhost', 'localhost.', 'app.localhost', '127.0.0.1'])
    expect(await locateServer(`http://${name}:${port}`)).toEqual([`${name} is this machine`, PLAIN]);
  await server.stop();
});

testWhere(hasIpv6(), 'IPv6', 'so is its address in IPv6', async () => {
  const server = startBackend({ hostname: '[::1]' });
  expect(await locateServer(server.url)).toEqual(['::1 is this machine', PLAIN]);
  await server.stop();
});

testWhere(canMount(), 'root that may mount', 'so is a name that only /etc/hosts knows', async () => {
  const server = startBackend();
  writeFileSync(`${machine.home}/hosts`, '127.0.0.1 localhost ks-backend.internal\n');
  const env = { ...machine.env, KSCLI: BINARY, KSCLI_BASE_URL: server.url.replace('127.0.0.1', 'ks-backend.internal') };
  const script = `mount --bind hosts /etc/hosts && "$KSCLI" ${LINE} >&2 && "$KSCLI" doctor -f json`;
  const child = Bun.spawn(['unshare', '-m', 'sh', '-c', script], {
    cwd: machine.home,
    env: { ...env, ADMIN_API_KEY: ADMIN_KEY },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const { exit, stdout } = await finish(child);
  await server.stop();
  const found = JSON.parse(stdout).find(({ check }: Row) => check === 'name resolution');
  expect([exit, found.detail]).toEqual([0, 'ks-backend.internal is 127.0.0.1, this machine']);
});

test('sends nothing as somebody who is not expected', async () => {
  const { exit, stdout, stderr } = await machine.run(`doctor --expect-tenant ${USER}`);
  expect(stdout).toContain(`Wrong identity: tenant ${TENANT}, but ${USER} is expected`);
  expect(stderr).toBe(`Error: Wrong identity: tenant ${TENANT}, but ${USER} is expected\nNothing was sent.\n`);
  expect(exit).toBe(2);
  expect(backend.requests).toEqual([]);
});

test('works with broken settings, and names them all', async () => {
  writeFileSync(`${machine.home}/config.json`, '{"timeout": "soon", "verify_ssl": "perhaps"}');
  const { exit, failed } = await diagnose({
    KSCLI_CONFIG: `${machine.home}/config.json`,
    KSCLI_FORMAT: 'xml',
    KSCLI_BASE_URL: 'ftp://x',
  });
  const config = `in ${machine.home}/config.json`;
  expect(failed[0]?.detail.split('\n')).toEqual([
    "KSCLI_BASE_URL: 'ftp://x' is not a URL like https://api.example.com",
    `timeout ${config}: 'soon' is not a time from 0.001 to 86400 seconds, like 30, 90s or 1h30m`,
    `verify_ssl ${config}: 'perhaps' is not one of true, 1, yes, on, false, 0, no, off`,
  ]);
  expect(exit).toBe(1);
  writeFileSync(`${machine.home}/config.json`, '{');
  expect((await diagnose({ KSCLI_CONFIG: `${machine.home}/config.json` })).failed[0]?.detail).toContain(
    'is not valid JSON',
  );
});

test('saves the chain for KSCLI_CA_BUNDLE, never over a file', async () => {
  const self = makeCertificate({ name: 'self-signed', hosts: ['localhost'] });
  const server = startBackend({ tls: self });
  const env = { KSCLI_BASE_URL: server.url, KSCLI_CA_BUNDLE: '', ADMIN_API_KEY: ADMIN_KEY };
  const saved = `${machine.home}/saved.pem`;
  const { stderr } = await machine.run(`doctor --save-chain ${saved}`, env);
  expect(stderr).toMatch(/^CN=self-signed\n {2}SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}\nSaved 1 certificates to /);
  expect(readFileSync(saved, 'utf8')).toContain('-----BEGIN CERTIFICATE-----');
  expect((await machine.run(LINE, env)).exit).toBe(1);
  expect((await machine.run(LINE, { ...env, KSCLI_CA_BUNDLE: saved })).exit).toBe(0);
  const again = await machine.run(`doctor --save-chain ${saved}`, env);
  expect([again.exit, again.stderr]).toEqual([1, expect.stringContaining('exists already')]);
  await server.stop();
});

test('nothing to save where nothing was presented', async () => {
  const { exit, stdout, stderr } = await machine.run(`doctor --save-chain ${machine.home}/x.pem`, {
    KSCLI_BASE_URL: `https://${NO_HOST}`,
  });
  expect([exit, stderr]).toEqual([1, expect.stringContaining('no certificates')]);
  expect(stdout).toContain('no such host');
  expect(existsSync(`${machine.home}/x.pem`)).toBe(false);
});

test('warns of a config file that others can read, and believes none that they can write', async () => {
  const path = `${machine.home}/config.json`;
  const check = async (contents: string, mode: number) => {
    writeFileSync(path, contents);
    chmodSync(path, mode);
    const { rows } = await diagnose({ KSCLI_CONFIG: path });
    const { result, detail, remedy } = rows.find(({ check: name }) => name === 'settings') ?? {};
    return { result, detail, remedy };
  };
  const advice = { result: 'warning', remedy: `Run: chmod 600 ${path}` };
  expect(await check('{"admin_api_key": "key"}', 0o644)).toEqual({
    ...advice,
    detail: `${path} can be read by other users`,
  });
  expect(await check('{}', 0o664)).toEqual({
    result: 'failed',
    detail: `The config file ${path} is refused: ${path} can be written by other users\nIt decides where the admin key is sent. Make it a file that only you can write, or name another in KSCLI_CONFIG.`,
    remedy: 'Correct or unset what is named here.',
  });
  expect(await check('{}', 0o644)).toMatchObject({ result: 'ok' });
  expect(await check('{"admin_api_key": "key"}', 0o600)).toMatchObject({ result: 'ok' });
});

test('names variables that change how kscli runs', async () => {
  const { rows } = await diagnose({ NODE_TLS_REJECT_UNAUTHORIZED: '0', NO_PROXY: 'canary.example.com' });
  const detail = rows.find(({ check }) => check === 'environment')?.detail;
  expect(detail).toBe('NODE_TLS_REJECT_UNAUTHORIZED has no effect on kscli\nNO_PROXY names what goes without a proxy');
});
