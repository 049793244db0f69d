// doctor --save-chain: the certificates that a server presents, for KSCLI_CA_BUNDLE.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readFileSync } from 'node:fs';
import { makeCertificate } from '../backend/certificates.ts';
import { ADMIN_KEY, startBackend } from '../backend/server.ts';
import { createDoctorSite, type DoctorSite, LINE, NO_HOST } from './doctor-site.ts';

let site: DoctorSite;
beforeEach(async () => {
  site = await createDoctorSite();
});
afterEach(() => site.remove());

test('saves the chain for KSCLI_CA_BUNDLE, never over a file', async () => {
  const self = makeCertificate({ name: 'self-signed', hosts: ['localhost'] });
  const server = startBackend({ tls: self });
  const env = { KSCLI_BASE_URL: server.url, KSCLI_CA_BUNDLE: '', ADMIN_API_KEY: ADMIN_KEY };
  const saved = `${site.home}/saved.pem`;
  const { stderr } = await site.run(`doctor --save-chain ${saved}`, env);
  expect(stderr).toMatch(/^CN=self-signed\n {2}SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}\nSaved 1 certificates to /);
  expect(readFileSync(saved, 'utf8')).toContain('-----BEGIN CERTIFICATE-----');
  expect((await site.run(LINE, env)).exit).toBe(1);
  expect((await site.run(LINE, { ...env, KSCLI_CA_BUNDLE: saved })).exit).toBe(0);
  const again = await site.run(`doctor --save-chain ${saved}`, env);
  expect([again.exit, again.stderr]).toEqual([1, expect.stringContaining('exists already')]);
  await server.stop();
});

test('nothing to save where nothing was presented', async () => {
  const { exit, stdout, stderr } = await site.run(`doctor --save-chain ${site.home}/x.pem`, {
    KSCLI_BASE_URL: `https://${NO_HOST}`,
  });
  expect([exit, stderr]).toEqual([1, expect.stringContaining('no certificates')]);
  expect(stdout).toContain('no such host');
  expect(existsSync(`${site.home}/x.pem`)).toBe(false);
});
