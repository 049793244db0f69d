// The image of the README's Dockerfile, as a root directory: the C library and kscli, read-only, another user, the key as a
// secret file, credentials on a tmpfs.

import { afterAll, beforeAll, expect } from 'bun:test';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { BINARY, createSite, type Site } from '../binary.ts';
import { canMount, hasTool, testWhere } from '../where.ts';

let site: Site;
beforeAll(() => {
  site = createSite({ KSCLI_TENANT_ID: TENANT, KSCLI_USER_ID: USER, KSCLI_STORE_ADMIN_KEY: 'false' });
});
afterAll(() => site.remove());

/** The loader and the libraries that it would find. */
function listLibraries(): string[] {
  const told = Bun.spawnSync(['ldd', BINARY]).stdout.toString();
  return told.match(/\/\S+(?= \()/g) ?? [];
}

function makeRoot(root: string): void {
  for (const name of ['proc', 'tmp', 'run/secrets', 'usr/local/bin']) mkdirSync(join(root, name), { recursive: true });
  for (const library of listLibraries()) {
    mkdirSync(dirname(join(root, library)), { recursive: true });
    copyFileSync(library, join(root, library));
  }
  copyFileSync(BINARY, join(root, 'usr/local/bin/kscli'));
  writeFileSync(join(root, 'run/secrets/admin-key'), `${ADMIN_KEY}\n`);
  chmodSync(join(root, 'run/secrets/admin-key'), 0o444);
}

testWhere(canMount() && hasTool('ldd'), 'root that may mount', 'nothing but the C library is needed', async () => {
  const root = join(site.home, 'root');
  makeRoot(root);
  chmodSync(site.home, 0o755);
  const script = `
    mount --bind root root && mount -t proc proc root/proc && mount -t tmpfs -o mode=1777 none root/tmp || exit 99
    mount -o remount,ro,bind root || exit 99
    for line in assume-user whoami 'tags list' logout; do
      env -i KSCLI_BASE_URL=$KSCLI_BASE_URL KSCLI_TENANT_ID=$KSCLI_TENANT_ID KSCLI_USER_ID=$KSCLI_USER_ID \\
        KSCLI_STORE_ADMIN_KEY=false ADMIN_API_KEY_FILE=/run/secrets/admin-key \\
        $(command -v chroot) --userspec=10001:10001 root /usr/local/bin/kscli $line; echo "exit $?"
    done`;
  const env = { SCRIPT: script, PATH: '/usr/sbin:/sbin:/usr/bin:/bin' };
  expect(await site.shell('exec 2>&1; unshare --mount sh -c "$SCRIPT"', env)).toMatchInlineSnapshot(`
    "$ exec 2>&1; unshare --mount sh -c "$SCRIPT"
    > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token 1>
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: <time>
    exit 0
    ┌─────────────┬──────────────────────────────────────┐
    │ Key         │ Value                                │
    ├─────────────┼──────────────────────────────────────┤
    │ id          │ 00000000-0000-0000-0001-000000000001 │
    │ email       │ user@example.com                     │
    │ tenant_id   │ 00000000-0000-0000-0002-000000000001 │
    │ expires_at  │ <time>            │
    └─────────────┴──────────────────────────────────────┘
    exit 0
    No results.
    exit 0
    Removed /tmp/kscli/.credentials
    exit 0
    exit 0"
  `);
});
