// Pipes, files and the directory around the compiled binary.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { createSite, type Site } from '../binary.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;

let machine: Site;
beforeEach(() => {
  machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
});
afterEach(() => machine.remove());

/** What comes after the command. */
function expectSignIn(transcript: string): void {
  expect(transcript.slice(transcript.indexOf('\n'))).toBe(`
> POST /v1/auth/assume_user | x-admin-api-key: ${ADMIN_KEY} | {"tenant_id":"${TENANT}","user_id":"${USER}"}
Authenticated as user ${USER} in tenant ${TENANT}
Token expires: <time>
exit 0`);
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

test('the file is 0600 and its directory 0700, whatever the umask', async () => {
  expectSignIn(await machine.shell(`umask 000; kscli ${LINE}`));
  expect(modeOf(machine.credentials)).toBe(0o600);
  expect(modeOf(dirname(machine.credentials))).toBe(0o700);
  expectSignIn(await machine.shell(`umask 777; kscli ${LINE}`));
  expect(modeOf(machine.credentials)).toBe(0o600);
  expect(readdirSync(dirname(machine.credentials)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('the admin key may come through a pipe', async () => {
  const script = `mkfifo key; printf %s "$SECRET" > key & ADMIN_API_KEY= ADMIN_API_KEY_FILE=key kscli ${LINE}`;
  expectSignIn(await machine.shell(script, { SECRET: ADMIN_KEY }));
});

test('a closed pipe ends quietly with 0', async () => {
  await machine.signIn();
  expect(await machine.shell('{ kscli whoami; echo "exit $?" >&2; } | true')).toMatchInlineSnapshot(`
    "$ { kscli whoami; echo "exit $?" >&2; } | true
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    ! exit 0
    exit 0"
  `);
});

test('a full disk on stdout is an error', async () => {
  expect(await machine.shell('kscli --help > /dev/full')).toMatchInlineSnapshot(`
    "$ kscli --help > /dev/full
    ! Error: The output could not be written: no space left on the device
    exit 1"
  `);
});

test('closed descriptors do no harm', async () => {
  // The runtime opens /dev/null in place of a closed descriptor, so that nothing is written into a file by accident.
  expect(await machine.shell('kscli --help >&-')).toMatchInlineSnapshot(`
    "$ kscli --help >&-
    exit 0"
  `);
  expect(await machine.shell('kscli whoami 2>&-')).toMatchInlineSnapshot(`
    "$ kscli whoami 2>&-
    exit 2"
  `);
  expect(await machine.shell('kscli logout <&-')).toMatchInlineSnapshot(`
    "$ kscli logout <&-
    No credentials in ~/state/.credentials
    exit 0"
  `);
});

test('output that is appended to a file stands there once, without holes', async () => {
  const script =
    'for i in 1 2 3; do kscli --help >> out; done; kscli --help > once; cat once once once | cmp - out && echo same';
  expect(await machine.shell(script)).toMatchInlineSnapshot(`
    "$ for i in 1 2 3; do kscli --help >> out; done; kscli --help > once; cat once once once | cmp - out && echo same
    same
    exit 0"
  `);
});

test('short output stays between what others write into the same file', async () => {
  const script = '{ echo a; kscli --version; echo b; kscli -h; echo c; } > out; sed -n "1p;3,4p;$ p" out';
  expect(await machine.shell(`${script}; tr -d "\\000" < out | cmp - out`)).toMatchInlineSnapshot(`
    "$ { echo a; kscli --version; echo b; kscli -h; echo c; } > out; sed -n "1p;3,4p;$ p" out; tr -d "\\000" < out | cmp - out
    a
    b
    Act as one user of one Knowledge Stack tenant.
    c
    exit 0"
  `);
});

test('the help that the build made is the help that commands make', async () => {
  const { stdout: made } = await machine.run('--help -f table');
  for (const line of ['--help', '-h', '', 'help'])
    expect(await machine.run(line)).toEqual({ exit: 0, stdout: made, stderr: '' });
});

test('an empty word is no command', async () => {
  expect(await machine.kscli("''")).toMatchInlineSnapshot(`
    "$ kscli ''
    ! Error: Unknown command ''
    ! Usage: kscli <command> [options]
    exit 64"
  `);
});

test('two megabytes arrive whole, though their reader waits until the pipe is full', async () => {
  await machine.signIn();
  const name = '#'.repeat(2_000_000);
  machine.backend.faults.set('GET /v1/users/me', () => Response.json({ id: USER, name }));
  // What kscli has written when its first byte comes is what the pipe holds; then it waits for its reader.
  const script = 'kscli whoami -f json | { dd bs=1 count=1 2> /dev/null; cat; } > out';
  expect(await machine.shell(`${script}; tr -d "#" < out; tr -cd "#" < out | wc -c`)).toMatchInlineSnapshot(`
    "$ kscli whoami -f json | { dd bs=1 count=1 2> /dev/null; cat; } > out; tr -d "#" < out; tr -cd "#" < out | wc -c
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    {
      "id": "00000000-0000-0000-0001-000000000001",
      "name": "",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "expires_at": "<time>"
    }
    2000000
    exit 0"
  `);
});

test('what lies in the current directory has no influence', async () => {
  const trap = "await Bun.write('trapped', '')";
  writeFileSync(`${machine.home}/.env`, 'KSCLI_FORMAT=json\nADMIN_API_KEY=wrong\n');
  writeFileSync(`${machine.home}/bunfig.toml`, 'preload = ["./trap.ts"]\n');
  writeFileSync(`${machine.home}/trap.ts`, trap);
  writeFileSync(`${machine.home}/package.json`, '{"name": "x", "imports": {"#x": "./trap.ts"}}');
  writeFileSync(`${machine.home}/tsconfig.json`, '{"compilerOptions": {"paths": {"citty": ["./trap.ts"]}}}');
  mkdirSync(`${machine.home}/node_modules/citty`, { recursive: true });
  writeFileSync(`${machine.home}/node_modules/citty/index.js`, trap);
  expectSignIn(await machine.kscli(LINE));
  expect(readdirSync(machine.home)).not.toContain('trapped');
});

test('a runtime that is told to be verbose prints nothing', async () => {
  expectSignIn(await machine.kscli(LINE, { BUN_CONFIG_VERBOSE_FETCH: 'curl' }));
});

test('without HOME the system knows the home', async () => {
  expect(await machine.shell('env -u HOME kscli settings show > /dev/null')).toMatchInlineSnapshot(`
    "$ env -u HOME kscli settings show > /dev/null
    exit 0"
  `);
});

test('help in a pipe has no escape codes', async () => {
  const { stdout } = await machine.run('--help', { FORCE_COLOR: '1' });
  expect(stdout).toBe((await machine.run('--help')).stdout);
  expect(stdout).not.toContain('\u001b');
});

test('nothing is sent anywhere but to the base URL', async () => {
  expectSignIn(await machine.kscli(LINE));
  expect(await machine.kscli('whoami -f id-only')).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  expect(JSON.parse(readFileSync(machine.credentials, 'utf8'))).toMatchObject({ base_url: machine.backend.url });
});
