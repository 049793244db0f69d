// doctor as a whole: what it looks at, what it says where all is well, and what it sends.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createDoctorSite, type DoctorSite } from './doctor-site.ts';

let site: DoctorSite;
beforeEach(async () => {
  site = await createDoctorSite();
});
afterEach(() => site.remove());

test('all is well', async () => {
  const { exit, rows } = await site.diagnose();
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
  const { exit: code, stdout, stderr } = await site.run('doctor');
  expect([code, stdout.split('\n').at(-2), stderr]).toEqual([
    0,
    `kscli works: user ${USER} in tenant ${TENANT} at ${site.backend.url}.`,
    '',
  ]);
});

test('--offline sends nothing, and says that it did not look', async () => {
  const { exit, rows } = await site.diagnose({}, '--offline');
  expect(rows.map(({ check, result }) => `${check}: ${result}`)).toEqual([
    'settings: ok',
    'credentials: ok',
    'base URL: ok',
    'network: skipped',
    'system: ok',
    'environment: ok',
  ]);
  expect(exit).toBe(0);
  expect(site.backend.requests).toEqual([]);
});

test('sends nothing as somebody who is not expected', async () => {
  const { exit, stdout, stderr } = await site.run(`doctor --expect-tenant ${USER}`);
  expect(stdout).toContain(`Wrong identity: tenant ${TENANT}, but ${USER} is expected`);
  expect(stderr).toBe(`Error: Wrong identity: tenant ${TENANT}, but ${USER} is expected\nNothing was sent.\n`);
  expect(exit).toBe(2);
  expect(site.backend.requests).toEqual([]);
});
