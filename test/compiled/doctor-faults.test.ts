// Ten prepared faults that a person can tell apart with nothing but doctor's output.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { type Certificate, makeCertificate } from '../backend/certificates.ts';
import { refuse, startBackend, TENANT, USER } from '../backend/server.ts';
import { ASSUME, AUTHORITY, createDoctorSite, type DoctorSite, ME, NO_HOST } from './doctor-site.ts';

let site: DoctorSite;
beforeEach(async () => {
  site = await createDoctorSite();
});
afterEach(() => site.remove());

async function serveWith(certificate: Certificate) {
  const server = startBackend({ tls: certificate });
  const result = await site.diagnose({ KSCLI_BASE_URL: server.url, KSCLI_CREDENTIALS_PATH: `${site.home}/none` });
  await server.stop();
  expect(server.requests).toEqual([]);
  return result.failed.filter(({ check }) => check !== 'credentials');
}

test('1. no such host', async () => {
  const { exit, failed } = await site.diagnose({
    KSCLI_BASE_URL: `https://${NO_HOST}`,
    KSCLI_CREDENTIALS_PATH: `${site.home}/none`,
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
  const { failed } = await site.diagnose({ KSCLI_BASE_URL: gone.url, KSCLI_CREDENTIALS_PATH: `${site.home}/none` });
  expect(failed.at(-1)).toMatchObject({
    check: 'connection',
    detail: expect.stringContaining('connection refused'),
  });
});

test('3. dead proxy', async () => {
  const env = { KSCLI_BASE_URL: 'https://api.kscli.invalid', HTTPS_PROXY: 'http://user:canary@127.0.0.1:9' };
  const { failed, rows } = await site.diagnose({ ...env, KSCLI_CREDENTIALS_PATH: `${site.home}/none` });
  expect(failed.at(-1)).toMatchObject({
    check: 'connection',
    detail: expect.stringContaining('proxy 127.0.0.1:9: connection refused'),
  });
  expect(failed.at(-1)?.remedy).toContain('HTTPS_PROXY');
  expect(JSON.stringify(rows)).not.toContain('canary');
});

test('4. unknown CA', async () => {
  const { exit, failed } = await site.diagnose({ KSCLI_CA_BUNDLE: '' });
  expect(failed.map(({ check }) => check)).toEqual(['TLS']);
  expect(failed[0]?.detail).toContain('bundled roots refuses: ');
  expect(failed[0]?.detail).toContain("the operating system's store refuses: ");
  expect(failed[0]?.detail).toContain('issued by CN=Test Authority');
  expect(failed[0]?.remedy).toContain('KSCLI_CA_BUNDLE');
  expect(exit).toBe(1);
  expect(site.backend.requests).toEqual([]);
});

test('5. wrong host', async () => {
  const failed = await serveWith(makeCertificate({ name: 'server', issuer: AUTHORITY, hosts: ['other.example.com'] }));
  expect(failed.map(({ check }) => check)).toEqual(['TLS']);
  expect(failed[0]?.detail).toContain('another host name (ERR_TLS_CERT_ALTNAME_INVALID)');
  expect(failed[0]?.detail).toContain('for other.example.com');
});

test('6. expired certificate', async () => {
  const failed = await serveWith(
    makeCertificate({ name: 'server', issuer: AUTHORITY, hosts: ['localhost'], from: -9, until: -1 }),
  );
  expect(failed).toMatchObject([
    { check: 'TLS', detail: expect.stringContaining('certificate has expired (CERT_HAS_EXPIRED)') },
  ]);
});

test('7. https to a plain http port', async () => {
  const plain = startBackend();
  const { failed } = await site.diagnose({
    KSCLI_BASE_URL: plain.url.replace('http:', 'https:'),
    KSCLI_CREDENTIALS_PATH: `${site.home}/none`,
  });
  await plain.stop();
  expect(failed.at(-1)).toMatchObject({ check: 'TLS', remedy: expect.stringContaining('http:// instead of https://') });
});

test('8. clock off by an hour', async () => {
  site.backend.faults.set(ME, () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    return Response.json({ id: USER }, { headers: { date } });
  });
  const { failed } = await site.diagnose();
  expect(failed).toMatchObject([
    { check: 'clock', detail: expect.stringMatching(/^3(60[01]|5\d\d) seconds behind the server$/) },
  ]);
});

test('9. foreign credentials', async () => {
  const other = startBackend();
  const { failed } = await site.diagnose({ KSCLI_BASE_URL: other.url });
  await other.stop();
  expect(failed).toMatchObject([
    { check: 'credentials', detail: expect.stringContaining(`for ${site.backend.url}, not for ${other.url}`) },
  ]);
  expect(failed[0]?.remedy).toBe(`Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`);
  expect(other.requests.filter(({ headers }) => headers.has('cookie'))).toEqual([]);
});

test('10. revoked token', async () => {
  site.backend.faults.set(ME, () => refuse(401, 'revoked'));
  const { failed } = await site.diagnose();
  expect(failed).toMatchObject([{ check: 'token', remedy: 'Run kscli assume-user again.' }]);
  expect(site.backend.count(ASSUME)).toBe(1);
});
