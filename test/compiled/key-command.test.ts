// The admin key from a command of the config file, on the compiled binary.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { createSite, follow, type Site } from '../binary.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const PLACE = 'admin_api_key_command in ~/.config/kscli/config.json';

let site: Site;
beforeEach(() => {
  site = createSite();
});
afterEach(() => site.remove());

function config(values: object): void {
  const directory = join(site.home, '.config/kscli');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'config.json'), JSON.stringify(values), { mode: 0o600 });
}

function shell(script: string): { admin_api_key_command: string[] } {
  return { admin_api_key_command: ['sh', '-c', script] };
}

/** What follows the command. */
async function said(line = LINE, env: Record<string, string> = {}): Promise<string> {
  return (await site.kscli(line, env)).split('\n').slice(1).join('\n');
}

test('the key comes from the command, without its last line end, and is not kept', async () => {
  config({ admin_api_key_command: ['echo', ADMIN_KEY] });
  expect(
    await said(),
  ).toBe(`> POST /v1/auth/assume_user | x-admin-api-key: ${ADMIN_KEY} | {"tenant_id":"${TENANT}","user_id":"${USER}"}
Authenticated as user ${USER} in tenant ${TENANT}
Token expires: <time>
exit 0`);
  expect(site.kept()['admin_api_key']).toBeNull();
});

test('it is asked for again when the token is due, and kept only where that is said', async () => {
  config(shell(`echo run >> runs; printf '%s\\r\\n' ${ADMIN_KEY}`));
  await site.signIn();
  expect(site.kept()['admin_api_key']).toBeNull();
  site.expire();
  expect((await site.run('whoami -f id-only')).stdout).toBe(`${USER}\n`);
  expect((await site.run('whoami -f id-only')).stdout).toBe(`${USER}\n`);
  // The variable came first when it was signed in.
  expect(readFileSync(join(site.home, 'runs'), 'utf8')).toBe('run\n');
  await site.run(LINE, { KSCLI_STORE_ADMIN_KEY: 'true' });
  expect(site.kept()['admin_api_key']).toBe(ADMIN_KEY);
});

test('variables come first, then the command, then the config file', async () => {
  config({ ...shell('echo run >> runs; echo wrong-key-1'), admin_api_key: 'wrong-key-2' });
  const file = join(site.home, 'key');
  writeFileSync(file, ADMIN_KEY);
  const names = async (env: Record<string, string>) => /x-admin-api-key: (\S+)/.exec(await said(LINE, env))?.[1];
  expect(await names({ ADMIN_API_KEY: 'variable-key', ADMIN_API_KEY_FILE: file })).toBe('variable-key');
  expect(await names({ ADMIN_API_KEY_FILE: file })).toBe(ADMIN_KEY);
  expect(existsSync(join(site.home, 'runs'))).toBe(false);
  expect(await names({})).toBe('wrong-key-1');
  config({ admin_api_key: 'wrong-key-2' });
  expect(await names({})).toBe('wrong-key-2');
});

test('words are words: no shell reads them, and stderr is shown as it comes', async () => {
  config({ admin_api_key_command: ['sh', '-c', 'echo "asking $0" >&2; printf %s "$1"', '$HOME;', '*'] });
  expect(await said()).toStartWith('> POST /v1/auth/assume_user | x-admin-api-key: * | ');
  expect(await said()).toContain('\n! asking $HOME;\n');
});

test.each([
  ['exit 3', 'ended with exit code 3'],
  [`echo ${ADMIN_KEY}; exit 1`, 'ended with exit code 1'],
  ['kill -9 $$', 'was ended by SIGKILL'],
  ['true', 'printed nothing'],
  ['echo', 'printed nothing'],
  [`echo ${ADMIN_KEY}; echo user: ops`, 'printed more than one line'],
  ["printf '%070000d' 0", 'printed more than 64 KiB'],
])('%s: nothing is sent, and the message says what it did', async (script, what) => {
  config(shell(script));
  expect(await said()).toBe(`! Error: The admin key command 'sh' (${PLACE}) ${what}\nexit 1`);
});

test.each([`printf 'two words'`, `printf 'a\\033[31m'`, `printf 'k\\303\\251y'`, `printf 'a\\000b'`])(
  '%s is no key, and none of it is shown',
  async (script) => {
    config(shell(script));
    expect(await said()).toBe(
      `! Error: The admin API key from 'sh' (${PLACE}) holds spaces or characters that no key has\nexit 1`,
    );
  },
);

test.each([
  ['nowhere-at-all', 'was not found'],
  ['/nowhere/at-all', 'was not found'],
  ['./key', 'is neither a name on PATH nor a path from the root on'],
  ['bin/key', 'is neither a name on PATH nor a path from the root on'],
  ['/etc/passwd', 'cannot be run: it is no program, or not yours'],
  ['/tmp', 'cannot be run: it is no program, or not yours'],
  ['~/key', 'cannot be run: it is no program for this system'],
])('the program %s %s', async (program, what) => {
  for (const name of ['key', 'bin/key']) {
    mkdirSync(join(site.home, 'bin'), { recursive: true });
    writeFileSync(join(site.home, name), 'neither a script nor a program');
    chmodSync(join(site.home, name), 0o755);
  }
  config({ admin_api_key_command: [program] });
  expect(await said()).toBe(`! Error: The admin key command '${program}' (${PLACE}) ${what}\nexit 1`);
});

test.each([['op read'], ['["op"]x'], [5], [true], [{}], [[]], [['']], [['op', 5]], [[['op']]], [['a\u0000b']]])(
  '%p is no command: its value is not shown, it may be the key',
  async (value) => {
    config({ admin_api_key_command: value });
    expect(await said()).toBe(
      `! Error: ${PLACE}: '…' is not a list of words, like ["op", "read", "op://ops/ks/key"]\nexit 1`,
    );
  },
);

test('settings set, show and unset know it, and run nothing', async () => {
  const command = `["sh","-c","echo_run"]`;
  expect(await said(`settings set admin_api_key_command '${command}'`)).toMatchInlineSnapshot(`
    "Set admin_api_key_command to ["sh", "-c", "echo_run"] in ~/.config/kscli/config.json
    exit 0"
  `);
  const shown = JSON.parse((await site.run('settings show -f json')).stdout);
  expect({
    command: shown.admin_api_key_command,
    key: shown.admin_api_key,
    stored: shown.store_admin_key,
    source: shown.sources.admin_api_key,
  }).toEqual({
    command: ['sh', '-c', 'echo_run'],
    key: '(from the command)',
    stored: false,
    source: `admin_api_key_command in ${site.home}/.config/kscli/config.json`,
  });
  expect(await said('settings unset admin_api_key_command')).toMatchInlineSnapshot(`
    "Removed admin_api_key_command from ~/.config/kscli/config.json
    exit 0"
  `);
  expect(await said('settings set admin_api_key_command op')).toMatchInlineSnapshot(`
    "! Error: admin_api_key_command: '…' is not a list of words, like ["op", "read", "op://ops/ks/key"]
    ! Usage: kscli settings set <key> <value> [options]
    exit 64"
  `);
});

test('doctor tries the key of the command and shows nothing of it', async () => {
  config({ admin_api_key_command: ['echo', ADMIN_KEY] });
  await site.signIn();
  const { exit, stdout, stderr } = await site.run('doctor -f json');
  expect({
    exit,
    key: JSON.parse(stdout).find(({ check }: { check: string }) => check === 'admin key').result,
  }).toEqual({
    exit: 0,
    key: 'ok',
  });
  expect(stdout + stderr).not.toContain(ADMIN_KEY);
});

test('what a message could say of the key is redacted', async () => {
  config({ admin_api_key_command: ['echo', ADMIN_KEY] });
  site.backend.faults.set('POST /v1/auth/assume_user', () =>
    Response.json({ detail: `no such key: ${ADMIN_KEY}` }, { status: 403 }),
  );
  expect(await said()).toMatchInlineSnapshot(`
    "> POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    ! Error: Permission denied: no such key: [redacted]
    ! The key is the one from 'echo' (admin_api_key_command in ~/.config/kscli/config.json).
    exit 1"
  `);
});

test.each([
  ['SIGINT', 130, 'Aborted.\n'],
  ['SIGTERM', 143, ''],
] as const)('%s ends it with all that it started', async (signal, exit, words) => {
  config(shell('sleep 600 & echo started >&2; wait'));
  const child = site.start(LINE.split(' '));
  const { said: isSaid, outcome } = follow(child, 'started');
  expect(await isSaid).toBe(true);
  child.kill(signal);
  // stderr has an end only when nobody holds it any more.
  expect(await outcome).toEqual({ exit, stdout: '', stderr: `started\n${words}` });
});
