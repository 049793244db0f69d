// doctor and the next token: what it asks for and keeps, and when a key or a token that is refused matters.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { ASSUME, createDoctorSite, type DoctorSite, type Row } from './doctor-site.ts';

let site: DoctorSite;
beforeEach(async () => {
  site = await createDoctorSite();
});
afterEach(() => site.remove());

test('a token that is refused, where the key gives another, stops no command', async () => {
  const { token } = JSON.parse(readFileSync(site.credentials, 'utf8'));
  site.backend.revoked.add(token);
  const { exit, rows } = await site.diagnose();
  expect(rows.find(({ check }) => check === 'token')).toEqual({
    check: 'token',
    result: 'warning',
    detail: 'refused (401), but the admin key gives another',
    remedy: 'Nothing: the next command renews it.',
  });
  expect(exit).toBe(0);
  expect((await site.run('whoami')).exit).toBe(0);
});

test('a key that is refused fails it while the token is still good, and the file stays as it is', async () => {
  const before = readFileSync(site.credentials, 'utf8').replace(ADMIN_KEY, 'revoked-admin-key');
  writeFileSync(site.credentials, before);
  const { exit, stdout, stderr } = await site.run('doctor -f json');
  const { check, detail, remedy } = JSON.parse(stdout).find(({ result }: Row) => result === 'failed');
  expect({ exit, check, detail: detail.split('\n'), remedy, stderr }).toEqual({
    exit: 1,
    check: 'admin key',
    detail: ['Permission denied: Invalid admin API key', `The key is the one from the cache in ${site.credentials}.`],
    remedy: `Set the right key in ADMIN_API_KEY. Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`,
    stderr: `kscli does not work: admin key: Permission denied: Invalid admin API key. Set the right key in ADMIN_API_KEY. Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}\n`,
  });
  expect(readFileSync(site.credentials, 'utf8')).toBe(before);
});

test('one request for a token, which is kept only where the old one was due', async () => {
  const before = readFileSync(site.credentials, 'utf8');
  await site.diagnose();
  expect(readFileSync(site.credentials, 'utf8')).toBe(before);
  site.expire();
  const { exit, rows } = await site.diagnose();
  expect(rows.find(({ check }) => check === 'admin key')?.detail).toBe('accepted, and the token renewed');
  expect(exit).toBe(0);
  expect(site.backend.count(ASSUME)).toBe(2);
  await site.run('whoami');
  expect(site.backend.count(ASSUME)).toBe(2);
});

test('an expired token that nothing renews fails it, as it fails every command', async () => {
  site.expire();
  const fields = JSON.parse(readFileSync(site.credentials, 'utf8'));
  writeFileSync(site.credentials, JSON.stringify({ ...fields, admin_api_key: null }));
  const { exit, failed } = await site.diagnose();
  expect(failed).toEqual([
    {
      check: 'admin key',
      result: 'failed',
      detail: 'none is cached, and ADMIN_API_KEY is not set: the token that is due cannot be renewed',
      remedy: `Set ADMIN_API_KEY. Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`,
    },
  ]);
  expect(exit).toBe(1);
  expect((await site.run('whoami')).exit).toBe(2);
});
