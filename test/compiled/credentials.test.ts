// The credentials file of the compiled binary, where it is no plain file of mode 0600.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { IS_ROOT, testWhere } from '../where.ts';
import { type CredentialsSite, createCredentialsSite } from './credentials-site.ts';

let machine: CredentialsSite;
beforeEach(async () => {
  machine = await createCredentialsSite();
});
afterEach(() => machine.remove());

test('a FIFO is refused at once, and replaced', async () => {
  rmSync(machine.credentials);
  expect(await machine.shell('mkfifo state/.credentials')).toBe('$ mkfifo state/.credentials\nexit 0');
  await machine.expectRefusedFile('is not a regular file');
  await machine.expectReplaced();
});

test('a directory in place of the file means .credentials inside it', async () => {
  rmSync(machine.credentials);
  mkdirSync(machine.credentials, { mode: 0o700 });
  await machine.expectSignIn();
  expect(statSync(`${machine.credentials}/.credentials`).mode & 0o777).toBe(0o600);
  await machine.expectServed();
  mkdirSync(`${machine.directory}/other/.credentials`, { recursive: true, mode: 0o700 });
  const env = { KSCLI_CREDENTIALS_PATH: `${machine.directory}/other` };
  await machine.expectRefusedFile('is not a regular file', '~/state/other/.credentials', env);
});

test('10 MB are refused, and replaced', async () => {
  writeFileSync(machine.credentials, Buffer.alloc(10_000_000, ' '));
  await machine.expectRefusedFile('is larger than 65536 bytes');
  await machine.expectReplaced();
});

test('a file that others can write is refused, and replaced', async () => {
  chmodSync(machine.credentials, 0o620);
  await machine.expectRefusedFile('can be written by other users');
  await machine.expectReplaced();
});

test('a file that others can read is tightened, once with a warning', async () => {
  chmodSync(machine.credentials, 0o644);
  expect(await machine.kscli('whoami -f id-only')).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    00000000-0000-0000-0001-000000000001
    ! Warning: ~/state/.credentials could be read by other users. Its mode is now 0600.
    exit 0"
  `);
  expect(statSync(machine.credentials).mode & 0o777).toBe(0o600);
  await machine.expectServed();
});

test('writing never follows a link', async () => {
  const target = `${machine.home}/target`;
  writeFileSync(target, 'untouched');
  rmSync(machine.credentials);
  symlinkSync(target, machine.credentials);
  await machine.expectReplaced();
  expect(readFileSync(target, 'utf8')).toBe('untouched');
  rmSync(machine.credentials);
  symlinkSync(`${machine.home}/nowhere`, machine.credentials);
  await machine.expectReplaced();
});

test('a chain of links without an end is refused', async () => {
  rmSync(machine.credentials);
  symlinkSync(machine.credentials, machine.credentials);
  await machine.expectRefusedFile('is a chain of links without an end');
});

test('files mounted by a container platform are read: links in a sticky directory, 0444', async () => {
  mkdirSync(`${machine.home}/secret/..data`, { recursive: true });
  chmodSync(`${machine.home}/secret`, 0o1777);
  renameSync(machine.credentials, `${machine.home}/secret/..data/credentials`);
  chmodSync(`${machine.home}/secret/..data/credentials`, 0o444);
  symlinkSync('..data/credentials', `${machine.home}/secret/credentials`);
  machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/secret/credentials`;
  expect(await machine.kscli('whoami -f id-only')).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    00000000-0000-0000-0001-000000000001
    ! Warning: ~/secret/credentials could be read by other users. Its mode is now 0600.
    exit 0"
  `);
  await machine.expectServed();
});

testWhere(IS_ROOT, 'root', 'a device is refused at once', async () => {
  await machine.expectRefusedFile('is not a regular file', '/dev/zero', { KSCLI_CREDENTIALS_PATH: '/dev/zero' });
});
