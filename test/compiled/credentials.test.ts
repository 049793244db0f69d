// The credentials file among unsafe files, unsafe directories and other users, on the compiled binary.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import {
  chmodSync,
  chownSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { createSite, type Site } from '../binary.ts';
import { hasTool, IS_ROOT, testWhere } from '../where.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const ASKED = `> POST /v1/auth/assume_user | x-admin-api-key: ${ADMIN_KEY} | {"tenant_id":"${TENANT}","user_id":"${USER}"}`;
const STRANGER = 12345;

let machine: Site;
let directory: string;
beforeEach(async () => {
  machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  directory = dirname(machine.credentials);
  await machine.signIn();
});
afterEach(() => machine.remove());

/** @param why what is wrong with the file, after its path */
async function expectRefusedFile(why: string, path = '~/state/.credentials', env = {}): Promise<void> {
  expect(await machine.kscli('whoami', env)).toBe(`$ kscli whoami
! Error: Not authenticated. Run: kscli assume-user --tenant-id <id> --user-id <id>
! The credentials file is refused: ${path} ${why}.
exit 2`);
}

function tellRefusedDirectory(path: string, why: string): string {
  return `! Error: Unsafe place for credentials: ${path} ${why}
! Another user could swap the file there. Set KSCLI_CREDENTIALS_PATH to a file in a directory of your own.
exit 1`;
}

async function expectRefusedDirectory(path: string, why: string): Promise<void> {
  for (const line of ['whoami', LINE, 'logout'])
    expect(await machine.kscli(line)).toBe(`$ kscli ${line}\n${tellRefusedDirectory(path, why)}`);
}

async function expectSignIn(): Promise<void> {
  expect(await machine.kscli(LINE)).toBe(`$ kscli ${LINE}
${ASKED}
Authenticated as user ${USER} in tenant ${TENANT}
Token expires: <time>
exit 0`);
}

async function expectServed(): Promise<void> {
  const transcript = await machine.kscli('whoami -f id-only');
  expect(transcript.replace(/<token \d>/, '<token>')).toBe(`$ kscli whoami -f id-only
> GET /v1/users/me | cookie: ks_uat=<token>
${USER}
exit 0`);
}

async function expectReplaced(): Promise<void> {
  await expectSignIn();
  expect(lstatSync(machine.credentials).isFile()).toBe(true);
  expect(lstatSync(machine.credentials).mode & 0o777).toBe(0o600);
  await expectServed();
}

test('a FIFO is refused at once, and replaced', async () => {
  rmSync(machine.credentials);
  expect(await machine.shell('mkfifo state/.credentials')).toBe('$ mkfifo state/.credentials\nexit 0');
  await expectRefusedFile('is not a regular file');
  await expectReplaced();
});

test('a directory in place of the file means .credentials inside it', async () => {
  rmSync(machine.credentials);
  mkdirSync(machine.credentials, { mode: 0o700 });
  await expectSignIn();
  expect(statSync(`${machine.credentials}/.credentials`).mode & 0o777).toBe(0o600);
  await expectServed();
  mkdirSync(`${directory}/other/.credentials`, { recursive: true, mode: 0o700 });
  const env = { KSCLI_CREDENTIALS_PATH: `${directory}/other` };
  await expectRefusedFile('is not a regular file', '~/state/other/.credentials', env);
});

test('10 MB are refused, and replaced', async () => {
  writeFileSync(machine.credentials, Buffer.alloc(10_000_000, ' '));
  await expectRefusedFile('is larger than 65536 bytes');
  await expectReplaced();
});

test('a file that others can write is refused, and replaced', async () => {
  chmodSync(machine.credentials, 0o620);
  await expectRefusedFile('can be written by other users');
  await expectReplaced();
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
  await expectServed();
});

test('writing never follows a link', async () => {
  const target = `${machine.home}/target`;
  writeFileSync(target, 'untouched');
  rmSync(machine.credentials);
  symlinkSync(target, machine.credentials);
  await expectReplaced();
  expect(readFileSync(target, 'utf8')).toBe('untouched');
  rmSync(machine.credentials);
  symlinkSync(`${machine.home}/nowhere`, machine.credentials);
  await expectReplaced();
});

test('a chain of links without an end is refused', async () => {
  rmSync(machine.credentials);
  symlinkSync(machine.credentials, machine.credentials);
  await expectRefusedFile('is a chain of links without an end');
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
  await expectServed();
});

test('a world-writable directory is refused and sends nothing; with the sticky bit it is not', async () => {
  chmodSync(directory, 0o777);
  await expectRefusedDirectory('~/state', 'can be written by other users');
  expect(statSync(directory).mode & 0o777).toBe(0o777);
  chmodSync(directory, 0o1777);
  await expectServed();
});

test('a world-writable directory further up is refused, behind a link too', async () => {
  mkdirSync(`${machine.home}/open/inner`, { recursive: true });
  chmodSync(`${machine.home}/open`, 0o777);
  symlinkSync(`${machine.home}/open/inner`, `${machine.home}/link`);
  for (const place of ['open/inner', 'link']) {
    machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/${place}/.credentials`;
    await expectRefusedDirectory('~/open', 'can be written by other users');
  }
});

testWhere(IS_ROOT, 'root', 'a file or a directory of another user is refused', async () => {
  chownSync(machine.credentials, STRANGER, STRANGER);
  await expectRefusedFile('belongs to another user');
  await expectReplaced();
  chownSync(directory, STRANGER, STRANGER);
  await expectRefusedDirectory('~/state', 'belongs to another user');
});

testWhere(IS_ROOT, 'root', 'a link of another user is refused, as directory and as file', async () => {
  chmodSync(machine.home, 0o1777);
  symlinkSync(directory, `${machine.home}/link`);
  lchownSync(`${machine.home}/link`, STRANGER, STRANGER);
  machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/link/.credentials`;
  await expectRefusedDirectory('~/link', 'is a link that belongs to another user');
  symlinkSync(machine.credentials, `${machine.home}/.credentials`);
  lchownSync(`${machine.home}/.credentials`, STRANGER, STRANGER);
  machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/.credentials`;
  await expectRefusedFile('is a link that belongs to another user', '~/.credentials');
});

testWhere(
  IS_ROOT && hasTool('setpriv'),
  'root and setpriv',
  'a second user on the same path is refused and told what to do',
  async () => {
    mkdirSync(`${machine.home}/shared`);
    chmodSync(machine.home, 0o755);
    chmodSync(`${machine.home}/shared`, 0o1777);
    machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/shared/kscli/.credentials`;
    const as = (user: number, line: string) =>
      `setpriv --reuid ${user} --regid ${user} --clear-groups "$(command -v kscli)" ${line}`;
    expect(await machine.shell(as(STRANGER, LINE))).toMatchInlineSnapshot(`
      "$ setpriv --reuid 12345 --regid 12345 --clear-groups "$(command -v kscli)" assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
      > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
      Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
      Token expires: <time>
      exit 0"
    `);
    for (const line of ['whoami', LINE].map((line) => as(STRANGER + 1, line)))
      expect(await machine.shell(line)).toBe(
        `$ ${line}\n${tellRefusedDirectory('~/shared/kscli', 'belongs to another user')}`,
      );
    expect(await machine.shell(as(STRANGER, 'whoami -f id-only'))).toMatchInlineSnapshot(`
      "$ setpriv --reuid 12345 --regid 12345 --clear-groups "$(command -v kscli)" whoami -f id-only
      > GET /v1/users/me | cookie: ks_uat=<token 1>
      00000000-0000-0000-0001-000000000001
      exit 0"
    `);
  },
);

testWhere(IS_ROOT, 'root', 'a device is refused at once', async () => {
  await expectRefusedFile('is not a regular file', '/dev/zero', { KSCLI_CREDENTIALS_PATH: '/dev/zero' });
});
