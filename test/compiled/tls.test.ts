// What the compiled binary trusts, on real TLS.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { type Certificate, makeCertificate } from '../backend/certificates.ts';
import { ADMIN_KEY, type Backend, startBackend, TENANT, USER } from '../backend/server.ts';
import { createMachine, type Machine } from '../binary.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;

let authority: Certificate;
let good: Backend;
let machine: Machine;
beforeAll(() => {
  authority = makeCertificate({ name: 'Test Authority' });
  good = startBackend({
    tls: makeCertificate({ name: 'server', issuer: authority, hosts: ['localhost', '127.0.0.1'] }),
  });
});
afterAll(() => good.stop());
beforeEach(() => {
  machine = createMachine({ KSCLI_BASE_URL: good.url, ADMIN_API_KEY: ADMIN_KEY });
});
afterEach(() => machine.remove());

function bundle(content: string | Buffer, name = 'ca.pem'): { KSCLI_CA_BUNDLE: string } {
  writeFileSync(`${machine.home}/${name}`, content);
  return { KSCLI_CA_BUNDLE: `${machine.home}/${name}` };
}

test('a CA bundle makes its servers trusted, for the exchange, the request and the refresh', async () => {
  const env = bundle(authority.certificate);
  good.lifetime = 5;
  expect(await machine.run(LINE, env)).toMatchObject({ exit: 0, stderr: '' });
  good.lifetime = -5;
  expect((await machine.run('whoami', env)).exit).toBe(0);
  good.lifetime = 3600;
});

test.each([
  ['CRLF', (pem: string) => pem.replaceAll('\n', '\r\n')],
  ['a byte-order mark', (pem: string) => `\ufeff${pem}`],
  ['comments', (pem: string) => `# the company's\n${pem}\nsubject=x\n`],
  ['many certificates', (pem: string) => `${makeCertificate({ name: 'Other' }).certificate}${pem}`],
  ['a key beside it', (pem: string) => `${authority.key}${pem}`],
])('a bundle with %s', async (_name, change) => {
  expect(await machine.run(LINE, bundle(change(authority.certificate)))).toMatchObject({ exit: 0, stderr: '' });
});

test.each([
  ['empty', () => '', 'is empty'],
  ['only a key', () => authority.key, 'has no certificate, only'],
  ['DER', () => Buffer.from(authority.certificate.replace(/-----.*-----|\s/g, ''), 'base64'), 'has no PEM certificate'],
  ['garbage', () => 'hello', 'has no PEM certificate'],
  [
    'broken inside',
    () => authority.certificate.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'),
    'is broken: certificate 1 of 1 cannot be read',
  ],
  [
    'cut at its end',
    () => authority.certificate + authority.certificate.slice(0, 300),
    'is broken: 2 PEM blocks begin, 1 are complete',
  ],
])('a bundle that is %s is refused before any request', async (_name, content, why) => {
  const before = good.requests.length;
  const { exit, stderr } = await machine.run(LINE, bundle(content()));
  expect(stderr).toStartWith(`Error: The CA bundle ${machine.home}/ca.pem ${why}`);
  expect(exit).toBe(1);
  expect(good.requests.length).toBe(before);
});

test('a bundle that is missing or a directory', async () => {
  expect((await machine.run(LINE, { KSCLI_CA_BUNDLE: '/nowhere.pem' })).stderr).toBe(
    'Error: The CA bundle /nowhere.pem cannot be read: no such file\n',
  );
  expect((await machine.run(LINE, { KSCLI_CA_BUNDLE: machine.home })).stderr).toContain(
    'cannot be read: it is a directory',
  );
});

test('an unknown CA stops with what to do', async () => {
  const { exit, stderr } = await machine.run(LINE);
  expect(stderr).toStartWith('Error: SSL certificate verification failed.\n\nlocalhost: ');
  expect(stderr).toEndWith(`
Solutions:
1. Install the CA certificate in this system's trust store
2. Set KSCLI_CA_BUNDLE to your custom CA bundle path
3. (Insecure) Set KSCLI_VERIFY_SSL=false for development
`);
  expect(exit).toBe(1);
});

test('nothing but KSCLI_VERIFY_SSL weakens verification', async () => {
  const loose = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  expect(await machine.run(LINE, loose)).toEqual(await machine.run(LINE));
  expect(await machine.run(LINE, { ...loose, ...bundle(authority.certificate) })).toMatchObject({
    exit: 0,
    stderr: '',
  });
  expect(await machine.run('whoami', loose)).toEqual(await machine.run('whoami'));
  const { exit, stderr } = await machine.run(LINE, { KSCLI_VERIFY_SSL: 'false' });
  expect(stderr).toMatch(/^Warning: TLS certificates are not verified .*\n$/);
  expect(exit).toBe(0);
});

test.each([
  ['an expired certificate', { until: -1, from: -9 }, 'certificate has expired', 'CERT_HAS_EXPIRED'],
  ['one of the future', { from: 2 }, 'certificate is not yet valid', 'CERT_NOT_YET_VALID'],
  [
    'one of another host',
    { hosts: ['other.example.com'] },
    'certificate is for another host name',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ],
])('%s', async (_name, wish, reason, code) => {
  const server = startBackend({
    tls: makeCertificate({ name: 'server', issuer: authority, hosts: ['localhost'], ...wish }),
  });
  const { exit, stderr } = await machine.run(LINE, { ...bundle(authority.certificate), KSCLI_BASE_URL: server.url });
  await server.stop();
  expect(stderr).toContain(`localhost: ${reason}`);
  expect(stderr).toContain(`(${code})`);
  expect(exit).toBe(1);
  expect(server.requests).toEqual([]);
});

test('https to a plain port, and http to a TLS port, say so', async () => {
  const plain = startBackend();
  const port = new URL(plain.url).port;
  expect(await machine.run(LINE, { KSCLI_BASE_URL: `https://127.0.0.1:${port}` })).toEqual({
    exit: 1,
    stdout: '',
    stderr: `Error: Could not connect to 127.0.0.1:${port}: no TLS answer
This port speaks no TLS. Does the base URL need http:// instead of https://?
`,
  });
  await plain.stop();
  const { host } = new URL(good.url);
  expect(await machine.run(LINE, { KSCLI_BASE_URL: `http://${host}` })).toEqual({
    exit: 1,
    stdout: '',
    stderr: `Error: Lost the connection to ${host}: it was closed
Does the base URL need https:// instead of http://?
`,
  });
});
