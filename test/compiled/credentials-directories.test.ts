// The directory of the credentials of the compiled binary: open to others, or of another user.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, chownSync, lchownSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { hasTool, IS_ROOT, testWhere } from '../where.ts';
import { type CredentialsSite, createCredentialsSite, SIGN_IN, tellRefusedDirectory } from './credentials-site.ts';

const STRANGER = 12345;

let machine: CredentialsSite;
beforeEach(async () => {
  machine = await createCredentialsSite();
});
afterEach(() => machine.remove());

test('a world-writable directory is refused and sends nothing; with the sticky bit it is not', async () => {
  chmodSync(machine.directory, 0o777);
  await machine.expectRefusedDirectory('~/state', 'can be written by other users');
  expect(statSync(machine.directory).mode & 0o777).toBe(0o777);
  chmodSync(machine.directory, 0o1777);
  await machine.expectServed();
});

test('a world-writable directory further up is refused, behind a link too', async () => {
  mkdirSync(`${machine.home}/open/inner`, { recursive: true });
  chmodSync(`${machine.home}/open`, 0o777);
  symlinkSync(`${machine.home}/open/inner`, `${machine.home}/link`);
  for (const place of ['open/inner', 'link']) {
    machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/${place}/.credentials`;
    await machine.expectRefusedDirectory('~/open', 'can be written by other users');
  }
});

testWhere(IS_ROOT, 'root', 'a file or a directory of another user is refused', async () => {
  chownSync(machine.credentials, STRANGER, STRANGER);
  await machine.expectRefusedFile('belongs to another user');
  await machine.expectReplaced();
  chownSync(machine.directory, STRANGER, STRANGER);
  await machine.expectRefusedDirectory('~/state', 'belongs to another user');
});

testWhere(IS_ROOT, 'root', 'a link of another user is refused, as directory and as file', async () => {
  chmodSync(machine.home, 0o1777);
  symlinkSync(machine.directory, `${machine.home}/link`);
  lchownSync(`${machine.home}/link`, STRANGER, STRANGER);
  machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/link/.credentials`;
  await machine.expectRefusedDirectory('~/link', 'is a link that belongs to another user');
  symlinkSync(machine.credentials, `${machine.home}/.credentials`);
  lchownSync(`${machine.home}/.credentials`, STRANGER, STRANGER);
  machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/.credentials`;
  await machine.expectRefusedFile('is a link that belongs to another user', '~/.credentials');
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
    expect(await machine.shell(as(STRANGER, SIGN_IN))).toMatchInlineSnapshot(`
      "$ setpriv --reuid 12345 --regid 12345 --clear-groups "$(command -v kscli)" assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
      > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
      Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
      Token expires: <time>
      exit 0"
    `);
    for (const line of ['whoami', SIGN_IN].map((line) => as(STRANGER + 1, line)))
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
