// Proxies and the ways to trust a server, for each kind of request that the compiled binary makes.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:tls';
import { type Certificate, makeCertificate } from '../backend/certificates.ts';
import { listen, startProxy, type TestProxy } from '../backend/proxy.ts';
import { ADMIN_KEY, type Backend, startBackend, TENANT, USER } from '../backend/server.ts';
import { createMachine, finish, type Machine, type Outcome } from '../binary.ts';
import { canMount, testWhere } from '../where.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const HOST = 'api.kscli.invalid';
let authority: Certificate;
let intermediate: Certificate;
let backend: Backend;
let plain: Backend;
let proxy: TestProxy;
let machine: Machine;
beforeAll(async () => {
  authority = makeCertificate({ name: 'Test Authority' });
  intermediate = makeCertificate({ name: 'Intermediate', issuer: authority });
  const leaf = makeCertificate({ name: 'server', issuer: intermediate, hosts: ['localhost', HOST] });
  backend = startBackend({ tls: { certificate: leaf.certificate + intermediate.certificate, key: leaf.key } });
  plain = startBackend();
  proxy = await startProxy();
});
afterAll(async () => {
  proxy.stop();
  await Promise.all([backend.stop(), plain.stop()]);
});
beforeEach(() => {
  for (const server of [backend, plain]) server.faults.clear();
  proxy.asked.length = 0;
  machine = createMachine({ ADMIN_API_KEY: ADMIN_KEY });
  writeFileSync(`${machine.home}/ca.pem`, authority.certificate);
});
afterEach(() => machine.remove());

const trusting = () => ({ KSCLI_CA_BUNDLE: `${machine.home}/ca.pem` });
const portOf = (server: Backend) => new URL(server.url).port;

const proxied = (server: Backend, scheme: string) => ({
  KSCLI_BASE_URL: `${scheme}://${HOST}:${portOf(server)}`,
  HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
  HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
});

/** The exchange, a request, and a refresh with a request. */
async function runAll(env: Record<string, string>): Promise<Outcome[]> {
  const outcomes = [await machine.run(LINE, env), await machine.run('whoami', env)];
  machine.expire();
  return [...outcomes, await machine.run('whoami', env)];
}

test('an intermediate certificate, direct and through a proxy', async () => {
  for (const env of [{ KSCLI_BASE_URL: backend.url }, proxied(backend, 'https')]) {
    for (const { exit, stderr } of await runAll({ ...env, ...trusting() })) expect([exit, stderr]).toEqual([0, '']);
  }
  // The refresh and the request after it share a tunnel.
  expect(proxy.asked).toEqual(new Array(3).fill(`CONNECT ${HOST}:${portOf(backend)} HTTP/1.1`));
});

test('an unknown CA is refused for each of them, also through a proxy', async () => {
  for (const env of [{ KSCLI_BASE_URL: backend.url }, proxied(backend, 'https')]) {
    await machine.run(LINE, { ...env, ...trusting() });
    const before = backend.requests.length;
    machine.expire();
    for (const line of [LINE, 'whoami']) {
      const { exit, stderr } = await machine.run(line, env);
      expect(stderr).toStartWith('Error: SSL certificate verification failed.\n');
      expect(stderr).toContain('\nIts issuer is not trusted: CN=Test Authority\n');
      expect(exit).toBe(1);
    }
    expect(backend.requests.length).toBe(before);
  }
});

test('plain http through a proxy warns, and loopback needs none', async () => {
  const { exit, stderr } = await machine.run(LINE, proxied(plain, 'http'));
  expect([exit, stderr]).toEqual([
    0,
    `Warning: http://${HOST}:${portOf(plain)} is plain http: the key and the token travel unencrypted.\n`,
  ]);
  expect(proxy.asked).toEqual([`POST http://${HOST}:${portOf(plain)}/v1/auth/assume_user HTTP/1.1`]);
  expect(await machine.run(LINE, { ...proxied(plain, 'http'), KSCLI_BASE_URL: plain.url })).toMatchObject({
    exit: 0,
    stderr: '',
  });
  expect(
    await machine.run(LINE, { ...proxied(plain, 'http'), KSCLI_BASE_URL: `http://localhost:${portOf(plain)}` }),
  ).toMatchObject({ exit: 0 });
  expect(proxy.asked).toHaveLength(1);
});

test.each([HOST, '.kscli.invalid', 'kscli.invalid', '*', `other, ${HOST}`])(
  'NO_PROXY=%s goes without',
  async (value) => {
    const { exit } = await machine.run(LINE, { ...proxied(backend, 'https'), ...trusting(), NO_PROXY: value });
    expect(exit).toBe(1);
    expect(proxy.asked).toEqual([]);
  },
);

test.each(['pi.kscli.invalid', '0.0.1', `${HOST}:1`, `https://${HOST}`, 'other'])(
  'NO_PROXY=%s keeps nothing from the proxy, whatever the runtime would make of it',
  async (value) => {
    const env = { ...proxied(backend, 'https'), ...trusting(), NO_PROXY: value };
    expect(await machine.run(LINE, env)).toMatchObject({ exit: 0, stderr: '' });
    expect(proxy.asked).toEqual([`CONNECT ${HOST}:${portOf(backend)} HTTP/1.1`]);
  },
);

test('a proxy that wants a password, one that gets it, one that is dead', async () => {
  const closed = await startProxy({ login: 'user:canary' });
  const at = (login: string) => `http://${login}127.0.0.1:${closed.port}`;
  const env = { ...proxied(backend, 'https'), ...trusting() };
  const refused = await machine.run(LINE, { ...env, HTTPS_PROXY: at('') });
  expect(refused.stderr).toContain(
    `through the proxy http://127.0.0.1:${closed.port} (HTTPS_PROXY): the proxy refused the connection`,
  );
  expect((await machine.run(LINE, { ...env, HTTPS_PROXY: at('user:canary@') })).exit).toBe(0);
  const plainly = await machine.run(LINE, { ...proxied(plain, 'http'), HTTP_PROXY: at('') });
  expect(plainly.stderr).toContain(
    `The proxy http://127.0.0.1:${closed.port} (HTTP_PROXY) wants a user name and password (407)`,
  );
  closed.stop();
  const dead = await machine.run(LINE, { ...env, HTTPS_PROXY: at('user:canary@') });
  expect(dead.stderr).toContain(`through the proxy http://127.0.0.1:${closed.port} (HTTPS_PROXY): connection refused`);
  expect([refused.exit, plainly.exit, dead.exit]).toEqual([1, 1, 1]);
  expect(refused.stderr + plainly.stderr + dead.stderr).not.toContain('canary');
});

test('a proxy that nobody trusts is never told its password', async () => {
  const self = makeCertificate({ name: 'proxy', hosts: ['127.0.0.1'] });
  let heard = '';
  const server = createTlsServer({ cert: self.certificate, key: self.key }, (client) => {
    client.on('data', (bytes) => {
      heard += bytes;
    });
  });
  const env = { ...proxied(backend, 'https'), HTTPS_PROXY: `https://user:canary@127.0.0.1:${await listen(server)}` };
  for (const line of [LINE, 'doctor']) {
    const { exit, stdout, stderr } = await machine.run(line, env);
    expect(stdout + stderr).toMatch(/self-signed certificate|unable to verify the first certificate/);
    expect(stdout + stderr).not.toContain('canary');
    expect(exit).toBe(1);
  }
  server.close();
  expect(heard).toBe('');
});

test.each([
  ['socks5://canary:canary@host', 'The proxy in HTTPS_PROXY must be an http or https URL'],
  ['http://canary:%zz@host', 'The user name or password of the proxy in HTTPS_PROXY is not URL-encoded'],
])('a proxy that is no URL: %s', async (HTTPS_PROXY, message) => {
  const { exit, stderr } = await machine.run(LINE, { ...proxied(backend, 'https'), HTTPS_PROXY });
  expect([exit, stderr]).toEqual([1, `Error: ${message}\n`]);
});

const STORES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];

for (const path of STORES) {
  testWhere(canMount(), 'root that may mount', `a CA installed in ${path} just works`, async () => {
    const script = `
      mount -t tmpfs none /etc/ssl && mkdir -p /etc/ssl/certs || exit 99
      [ ! -d /etc/pki ] || mount -t tmpfs none /etc/pki
      if [ ! -d /etc/pki ]; then mount -t overlay -o lowerdir=/etc,upperdir=$HOME/upper,workdir=$HOME/work none /etc || exit 98; fi
      mkdir -p "$(dirname ${path})" && cp "$HOME/ca.pem" ${path} && exec "$KSCLI" ${LINE} --debug`;
    await Bun.$`mkdir -p ${machine.home}/upper ${machine.home}/work`;
    const child = Bun.spawn(['unshare', '-m', 'sh', '-c', script], {
      env: { ...machine.env, KSCLI_BASE_URL: backend.url, KSCLI: `${import.meta.dir}/../../dist/kscli` },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    });
    const { exit, stderr } = await finish(child);
    expect(stderr).toContain(': 200, ');
    expect(exit).toBe(0);
  });
}
