// The credentials file on a full disk, a read-only one, or one with a limit, on the compiled binary.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, readFileSync } from 'node:fs';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { createSite, type Site } from '../binary.ts';
import { canMount, hasTool, testWhere } from '../where.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;

let machine: Site;
beforeEach(async () => {
  machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  await machine.signIn();
});
afterEach(() => machine.remove());

test('a limit of 0 for the size of files keeps the old file and is told', async () => {
  const before = readFileSync(machine.credentials, 'utf8');
  expect(await machine.shell(`trap '' XFSZ; ulimit -f 0; exec kscli ${LINE}`)).toMatchInlineSnapshot(`
    "$ trap '' XFSZ; ulimit -f 0; exec kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    ! Error: The credentials file ~/state/.credentials cannot be changed: it is too large
    ! To keep it elsewhere, set KSCLI_CREDENTIALS_PATH.
    exit 1"
  `);
  expect(readFileSync(machine.credentials, 'utf8')).toBe(before);
});

testWhere(hasTool('strace'), 'strace', 'with umask 000, no file is ever wider than 0600', async () => {
  const script = `umask 000; strace -f -e trace=open,openat,creat,mkdir,mkdirat -o calls kscli ${LINE}`;
  const env = { KSCLI_CREDENTIALS_PATH: `${machine.home}/new/.credentials` };
  expect(await machine.shell(script, env)).toMatchInlineSnapshot(`
    "$ umask 000; strace -f -e trace=open,openat,creat,mkdir,mkdirat -o calls kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: <time>
    exit 0"
  `);
  const created = readFileSync(`${machine.home}/calls`, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`${machine.home}/new`) && /O_CREAT|mkdir/.test(line));
  expect(created.length).toBeGreaterThanOrEqual(3);
  expect(created.filter((line) => !/, 0[67]00\)/.test(line))).toEqual([]);
});

testWhere(
  canMount(),
  'root that may mount',
  'a full disk keeps the old file; a command goes on with the new token',
  async () => {
    machine.expire();
    mkdirSync(`${machine.home}/full`);
    const script = `
      mount -t tmpfs -o size=64k,mode=700 none full && cp state/.credentials full || exit 99
      head -c 100000 /dev/zero > full/filler 2> /dev/null
      kscli whoami -f id-only; echo "exit $?"
      kscli ${LINE}; echo "exit $?"
      cmp state/.credentials full/.credentials && ls -A full`;
    const env = { KSCLI_CREDENTIALS_PATH: `${machine.home}/full/.credentials`, SCRIPT: script };
    expect(await machine.shell('exec 2>&1; unshare -m sh -c "$SCRIPT"', env)).toMatchInlineSnapshot(`
      "$ exec 2>&1; unshare -m sh -c "$SCRIPT"
      > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
      > GET /v1/users/me | cookie: ks_uat=<token 1>
      > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
      Warning: The credentials file ~/full/.credentials cannot be changed: no space left on the device. The new token is used, but not kept.
      00000000-0000-0000-0001-000000000001
      exit 0
      Error: The credentials file ~/full/.credentials cannot be changed: no space left on the device
      To keep it elsewhere, set KSCLI_CREDENTIALS_PATH.
      exit 1
      .credentials
      .credentials.refresh-lock
      .credentials.write-lock
      filler
      exit 0"
    `);
  },
);

testWhere(
  canMount(),
  'root that may mount',
  'a read-only directory keeps the old file, with one warning; a command goes on with the new token',
  async () => {
    machine.expire();
    const script = `
      mount --bind state state && mount -o remount,ro,bind state || exit 99
      kscli whoami -f id-only; echo "exit $?"
      kscli ${LINE}; echo "exit $?"`;
    expect(await machine.shell('exec 2>&1; unshare -m sh -c "$SCRIPT"', { SCRIPT: script })).toMatchInlineSnapshot(`
      "$ exec 2>&1; unshare -m sh -c "$SCRIPT"
      > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
      > GET /v1/users/me | cookie: ks_uat=<token 1>
      > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
      Warning: The credentials file ~/state/.credentials cannot be changed: the file system is read-only. The new token is used, but not kept.
      00000000-0000-0000-0001-000000000001
      exit 0
      Error: The credentials file ~/state/.credentials cannot be changed: the file system is read-only
      To keep it elsewhere, set KSCLI_CREDENTIALS_PATH.
      exit 1
      exit 0"
    `);
  },
);
