// kscli login on the compiled binary: a real terminal, real pipes and files, the real curl, and a server that makes keys.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ADMIN_KEY, OTHER_USER, startBackend, TENANT, USER } from '../backend/server.ts';
import { BINARY, createSite, finish, type Site } from '../binary.ts';
import { hasTool, testWhere } from '../where.ts';

const ME = 'GET /v1/users/me';

let machine: Site;
let key: string;
beforeEach(() => {
  machine = createSite();
  key = machine.backend.apiKeys.create({ userId: USER, tenantId: TENANT });
});
afterEach(() => machine.remove());

function kept(): Record<string, unknown> {
  return JSON.parse(readFileSync(machine.credentials, 'utf8'));
}

test('a key is piped in, tried, kept with mode 0600, used, deleted at the server, and then refused', async () => {
  writeFileSync(join(machine.home, 'key.txt'), `${key}\n`);
  expect(await machine.shell('kscli login --with-key < key.txt')).toMatchInlineSnapshot(`
    "$ kscli login --with-key < key.txt
    > GET /v1/users/me | authorization: Bearer <key>
    Logged in successfully (<server>).
    exit 0"
  `);
  expect(kept()).toEqual({ api_key: key, base_url: machine.backend.url, user_id: USER, tenant_id: TENANT });
  expect(statSync(machine.credentials).mode & 0o777).toBe(0o600);
  expect(await machine.kscli('tags list')).toMatchInlineSnapshot(`
    "$ kscli tags list
    > GET /v1/tags?limit=20&offset=0 | authorization: Bearer <key>
    No results.
    exit 0"
  `);
  machine.backend.apiKeys.delete(key);
  expect(await machine.kscli('whoami')).toMatchInlineSnapshot(`
    "$ kscli whoami
    > GET /v1/users/me | authorization: Bearer <key>
    ! Error: Session expired. Run: kscli login
    ! The server says: Invalid or expired token
    exit 2"
  `);
  expect(await machine.kscli('logout')).toMatchInlineSnapshot(`
    "$ kscli logout
    Removed ~/state/.credentials
    exit 0"
  `);
  expect(readdirSync(dirname(machine.credentials))).toEqual([]);
});

test('a key that its user made signs the user in, and can be deleted by the user', async () => {
  await machine.run('login', { KSCLI_API_KEY: key });
  const made = JSON.parse((await machine.run('api POST /v1/api-keys -F name=laptop')).stdout);
  await machine.run('login', { KSCLI_API_KEY: made.key });
  const list = JSON.parse((await machine.run('api /v1/api-keys')).stdout);
  expect(list.map(({ name }: { name: string }) => name)).toEqual(['test', 'laptop']);
  expect((await machine.run(`api DELETE /v1/api-keys/${made.id} --yes`)).exit).toBe(0);
  expect((await machine.run('whoami')).stderr).toBe(
    'Error: Session expired. Run: kscli login\nThe server says: Invalid or expired token\n',
  );
});

test('at a terminal the key is typed unseen, corrected, and the terminal is as it was', async () => {
  const asked = `API key for ${new URL(machine.backend.url).host} (it is not shown): \r\n`;
  const done = `Logged in successfully (${machine.backend.url}).\r\n`;
  for (const typed of [`${key}\r`, `${key}\n`, `x\x7f${key}\r`, `wrong\x15${key}\r`, `\x1b[A${key}\x04`, ` ${key} \r`])
    expect({ typed, ...(await machine.runInTerminal('login', typed)) }).toEqual({
      typed,
      exit: 0,
      shown: asked + done,
    });
  const aborted = await machine.runInTerminal('login', `${key}\x03`);
  expect(aborted).toEqual({ exit: 130, shown: `${asked}Aborted.\r\n` });
  const nothing = await machine.runInTerminal('login', '\r');
  expect(nothing.exit).toBe(64);
  expect(nothing.shown).toContain('The API key from the prompt is empty');
});

testWhere(hasTool('stty'), 'stty', 'however the question ends, the terminal echoes again', async () => {
  for (const typed of ['\x03', '\x1c', '\r', `${key}\r`]) {
    const script = `trap : INT; before=$(stty -a); "${BINARY}" login; [ "$before" = "$(stty -a)" ] && echo same`;
    const shown = await inTerminal(['/bin/sh', '-c', script], (self) => self.write(typed));
    expect(shown).toEndWith('same\r\n');
  }
  for (const signal of ['TERM', 'HUP']) {
    // The shell tells its own process, which kscli becomes in a child.
    const script = `before=$(stty -a); sh -c 'echo $$ >&3; exec "${BINARY}" login' 3>pid; [ "$before" = "$(stty -a)" ] && echo same`;
    const shown = await inTerminal(['/bin/sh', '-c', script], () => {
      process.kill(Number(readFileSync(join(machine.home, 'pid'), 'utf8')), `SIG${signal}`);
    });
    expect(shown).toContain('same\r\n');
  }
});

/** @param act once the key is asked for */
async function inTerminal(command: string[], act: (self: Bun.Terminal) => void): Promise<string> {
  let shown = '';
  const data = (self: Bun.Terminal, bytes: Uint8Array) => {
    const isAsked = shown.includes('shown): ');
    shown += Buffer.from(bytes).toString();
    if (!isAsked && shown.includes('shown): ')) act(self);
  };
  const env = { ...machine.env, TERM: 'xterm' };
  const child = Bun.spawn(command, { cwd: machine.home, env, terminal: { cols: 80, rows: 24, data } });
  await child.exited;
  child.terminal?.close();
  return shown;
}

test('without a terminal and a key it ends at once; an input that is closed or empty is told', async () => {
  expect(await machine.kscli('login')).toMatchInlineSnapshot(`
    "$ kscli login
    ! Error: There is no API key, and nobody can be asked here
    ! Set KSCLI_API_KEY or KSCLI_API_KEY_FILE, or pipe the key into kscli login --with-key.
    ! Usage: kscli login [options]
    exit 64"
  `);
  expect(await machine.shell('kscli login --with-key <&-')).toEndWith('exit 64');
  expect(await machine.shell('kscli login --with-key < /dev/null')).toEndWith('exit 64');
  expect(existsSync(machine.credentials)).toBe(false);
});

test('the key comes from a file, or from a pipe in its place', async () => {
  writeFileSync(join(machine.home, 'key.txt'), key);
  expect(await machine.kscli('login', { KSCLI_API_KEY_FILE: `${machine.home}/key.txt` })).toEndWith('exit 0');
  const script = `mkfifo pipe; (echo ${key} > pipe) & KSCLI_API_KEY_FILE=$PWD/pipe kscli login`;
  expect(await machine.shell(script)).toEndWith('exit 0');
  // A pipe that nobody writes to has an end in time.
  expect(
    await machine.kscli('login --timeout 0.2', { KSCLI_API_KEY_FILE: `${machine.home}/pipe` }),
  ).toMatchInlineSnapshot(`
    "$ kscli login --timeout 0.2
    ! Error: The API key file ~/pipe (KSCLI_API_KEY_FILE) cannot be read: it has no end in time
    exit 1"
  `);
});

test('a refused key changes nothing, and a full disk leaves what was there', async () => {
  await machine.signIn();
  const before = readFileSync(machine.credentials, 'utf8');
  expect(await machine.kscli('login', { KSCLI_API_KEY: 'sk-user-unknown' })).toMatchInlineSnapshot(`
    "$ kscli login
    > GET /v1/users/me | authorization: Bearer sk-user-unknown
    ! Error: API key rejected: Invalid or expired token
    ! The key is the one from KSCLI_API_KEY. Check it and the base URL (<server>).
    ! Nothing was written.
    exit 2"
  `);
  expect(await machine.shell('ulimit -f 0; kscli login', { KSCLI_API_KEY: key })).toEndWith('exit 1');
  expect(readFileSync(machine.credentials, 'utf8')).toBe(before);
});

test('a redirect takes the key nowhere, and neither does another base URL', async () => {
  const other = startBackend();
  const away = () => new Response(null, { status: 307, headers: { location: `${other.url}/v1/users/me` } });
  machine.backend.faults.set(ME, away);
  expect(await machine.run('login', { KSCLI_API_KEY: key })).toMatchObject({ exit: 1, stdout: '' });
  machine.backend.faults.clear();
  await machine.run('login', { KSCLI_API_KEY: key });
  machine.backend.faults.set(ME, away);
  expect((await machine.run('whoami')).exit).toBe(1);
  expect((await machine.run('whoami', { KSCLI_BASE_URL: other.url })).exit).toBe(2);
  expect((await machine.run('whoami', { KSCLI_BASE_URL: `${machine.backend.url}.example.com` })).exit).not.toBe(0);
  expect(other.requests).toEqual([]);
  await other.stop();
});

testWhere(
  hasTool('curl'),
  'curl',
  'token --curl is what the real curl needs, with the key in no argument list',
  async () => {
    await machine.run('login', { KSCLI_API_KEY: key });
    machine.backend.requests.length = 0;
    const script = 'kscli token --curl /v1/users/me | curl -sS --config -';
    expect(await machine.shell(script)).toMatchInlineSnapshot(`
      "$ kscli token --curl /v1/users/me | curl -sS --config -
      > GET /v1/users/me | authorization: Bearer <key>
      {"id":"00000000-0000-0000-0001-000000000001","email":"user@example.com","current_tenant_id":"00000000-0000-0000-0002-000000000001"}<no newline>
      exit 0"
    `);
  },
);

testWhere(
  existsSync('/proc/self/environ'),
  '/proc',
  'exec hands the key on in no variable and no argument',
  async () => {
    await machine.run('login', { KSCLI_API_KEY: key });
    const words = ['exec', '--', '/bin/sh', '-c', 'tr "\\0" "\\n" < /proc/self/environ; cat /proc/$$/cmdline'];
    const { stdout, exit } = await finish(machine.start(words, { KSCLI_API_KEY: key, KSCLI_API_KEY_FILE: '/x' }));
    expect(exit).toBe(0);
    expect(stdout).toContain(`KSCLI_EXPECT_USER=${USER}`);
    expect(stdout).not.toContain(key);
    expect(stdout).not.toContain('API_KEY');
  },
);

test('doctor tries the key, knows whose it is, and needs no admin key', async () => {
  await machine.run('login', { KSCLI_API_KEY: key });
  const diagnose = async (env: Record<string, string> = {}) => {
    const { stdout, exit } = await machine.run('doctor -f json', env);
    const rows: { check: string; result: string; detail: string; remedy: string | null }[] = JSON.parse(stdout);
    const told = rows.filter(({ check }) => ['admin key', 'API key', 'token'].includes(check));
    return { exit, told: told.map(({ check, result, detail, remedy }) => [check, result, detail, remedy]) };
  };
  const unneeded = ['admin key', 'skipped', 'not needed: signed in with an API key', null];
  expect(await diagnose()).toEqual({ exit: 0, told: [unneeded, ['API key', 'ok', 'accepted', null]] });
  const offline = await machine.run('doctor --offline -f json');
  expect(offline.stdout).toContain(`user ${USER}\\ntenant ${TENANT}\\nan API key, which has no end`);
  writeFileSync(machine.credentials, JSON.stringify({ ...kept(), user_id: OTHER_USER }), { mode: 0o600 });
  const foreign = `Wrong identity: user ${USER}, but ${OTHER_USER} is expected`;
  expect(await diagnose()).toEqual({ exit: 1, told: [unneeded, ['API key', 'failed', foreign, 'Run: kscli login']] });
  machine.backend.apiKeys.delete(key);
  const refused = 'refused (401): deleted, or of another server';
  expect(await diagnose()).toEqual({ exit: 1, told: [unneeded, ['API key', 'failed', refused, 'Run: kscli login']] });
});

test('a key in a file of the Python kscli works, and the file stays as it is', async () => {
  mkdirSync(dirname(machine.credentials), { mode: 0o700 });
  writeFileSync(machine.credentials, JSON.stringify({ api_key: key }), { mode: 0o600 });
  expect(await machine.kscli('whoami -f json')).toMatchInlineSnapshot(`
    "$ kscli whoami -f json
    > GET /v1/users/me | authorization: Bearer <key>
    {
      "id": "00000000-0000-0000-0001-000000000001",
      "email": "user@example.com",
      "current_tenant_id": "00000000-0000-0000-0002-000000000001",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "expires_at": null
    }
    exit 0"
  `);
  expect((await machine.run('tags list', { KSCLI_EXPECT_USER: OTHER_USER })).exit).toBe(2);
  expect((await machine.run('exec -- true')).exit).toBe(0);
  expect(kept()).toEqual({ api_key: key });
});

test('a login in between is not overwritten by a refresh', async () => {
  await machine.signIn();
  machine.expire();
  const { reached, release } = machine.backend.hold('POST /v1/auth/assume_user');
  const child = machine.start(['whoami'], { ADMIN_API_KEY: ADMIN_KEY });
  await reached;
  expect((await machine.run('login', { KSCLI_API_KEY: key })).exit).toBe(0);
  release();
  expect((await finish(child)).exit).toBe(0);
  expect(kept()['api_key']).toBe(key);
  expect(kept()['token']).toBeUndefined();
});
