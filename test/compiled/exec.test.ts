// exec, token and prompt on the compiled binary: a real process in place of kscli, and the real curl.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, type Backend, startBackend, TENANT, USER } from '../backend/server.ts';
import { BINARY, createMachine, dropDebug, finish, follow, type Machine, WAITING, waitUntilSaid } from '../binary.ts';
import { hasTool, testWhere } from '../where.ts';

const ASSUME = 'POST /v1/auth/assume_user';

let backend: Backend;
let machine: Machine;
beforeAll(() => {
  backend = startBackend();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  machine = createMachine({ ADMIN_API_KEY: ADMIN_KEY });
  const line = `assume-user --session acme --base-url ${backend.url} --tenant-id ${TENANT} --user-id ${USER}`;
  expect((await machine.run(line)).stderr).toBe('');
  backend.requests.length = 0;
});
afterEach(() => machine.remove());

/** A command of a shell, inside the session. */
function inside(script: string, ...flags: string[]) {
  return machine.start(['exec', '--session', 'acme', ...flags, '--', '/bin/sh', '-c', script]);
}

test("exec is the command: its process, its exit code, its signals, and nothing of kscli's in its way", async () => {
  const child = inside('echo $$; exec 9>/dev/null; exit 7');
  expect(await finish(child)).toEqual({ exit: 7, stdout: `${child.pid}\n`, stderr: '' });
  const killed = inside('kill -TERM $$');
  await killed.exited;
  expect(killed.signalCode).toBe('SIGTERM');
});

testWhere(existsSync('/proc/self/fd'), '/proc', 'exec leaves no descriptor open, and no signal ignored', async () => {
  // The fourth is the directory that ls reads.
  const listed = await machine.run('exec --session acme -- ls /proc/self/fd');
  expect(listed.stdout).toBe('0\n1\n2\n3\n');
  const signals = await machine.run('exec --session acme -- grep -E SigIgn|SigBlk /proc/self/status');
  expect(signals.stdout).toBe('SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n');
});

test('inside, kscli acts for the session alone, and holds no admin key in its environment', async () => {
  const script = `${BINARY} whoami -f id-only; echo "[$ADMIN_API_KEY$KS_UAT]"; ${BINARY} exec --session '' -- true; echo $?`;
  const { stdout, stderr } = await finish(inside(script));
  expect(stdout).toBe(`${USER}\n[]\n125\n`);
  expect(stderr).toBe(
    'Error: Refused: this is inside kscli exec for session acme\nWith --nested it is opened all the same.\n',
  );
});

test('the token goes along only where it is asked for', async () => {
  expect((await finish(inside('echo $KS_UAT', '--with-token'))).stdout).toBe(`${machine.kept('acme')['token']}\n`);
  const withOld = machine.start(['exec', '--session', 'acme', '--', '/bin/sh', '-c', 'echo "[$KS_UAT]"'], {
    KS_UAT: 'old',
  });
  expect((await finish(withOld)).stdout).toBe('[]\n');
});

test('exec says what it could not do: 125, 126, 127', async () => {
  writeFileSync(join(machine.home, 'broken'), `#!${machine.home}/nowhere\n`, { mode: 0o755 });
  const outcomes = await Promise.all(
    [
      '--session nobody -- true',
      '--session acme -- /etc/passwd',
      '--session acme -- nope',
      '--session acme -- ./broken',
    ].map((line) => machine.run(`exec ${line}`)),
  );
  const shown = outcomes.map(({ exit, stdout, stderr }) => `${exit} ${stdout}${stderr}`.replace(machine.home, '~'));
  expect(shown.join('')).toMatchInlineSnapshot(`
    "125 Error: Not authenticated. Run: kscli assume-user --session nobody --tenant-id <id> --user-id <id>
    There are no credentials in ~/state/.credentials.sessions/nobody.
    126 Error: '/etc/passwd' cannot be run (EACCES)
    127 Error: 'nope': command not found
    127 Error: './broken': command not found
    "
  `);
});

test('30 tokens at once from a session that is due make one request', async () => {
  machine.change({ expires_at: '2020-01-01T00:00:00+00:00' }, 'acme');
  const { reached, release } = backend.hold(ASSUME);
  const line = ['token', '--session', 'acme', '--debug'];
  const children = Array.from({ length: 30 }, () => follow(machine.start(line), WAITING));
  await Promise.all([reached, waitUntilSaid(children, 29)]);
  release();
  const outcomes = await Promise.all(children.map(({ outcome }) => outcome));
  expect(outcomes.map(dropDebug)).toEqual(
    outcomes.map(() => ({ exit: 0, stdout: `${machine.kept('acme')['token']}\n`, stderr: '' })),
  );
  expect(backend.count(ASSUME)).toBe(1);
});

testWhere(
  hasTool('curl'),
  'curl',
  'token --curl is what the real curl needs, past any proxy, and no more',
  async () => {
    // A proxy that would take the cookie, were it asked.
    const env = { http_proxy: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' };
    const script = (path: string) => [`"${BINARY}" token --session acme --curl '${path}' | curl -sS --config -`];
    const curl = async (path: string) =>
      finish(
        Bun.spawn(['/bin/sh', '-c', ...script(path)], {
          env: { ...machine.env, ...env },
          stdin: 'ignore',
          stdout: 'pipe',
          stderr: 'pipe',
        }),
      );
    const { stdout, stderr } = await curl('/v1/users/me');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ id: USER });
    const odd = '/v1/folders?name=a"%0Ab\\{c,d}[1-3]';
    await curl(odd);
    const [, last, ...others] = backend.requests;
    expect(others).toEqual([]);
    expect(new URL(last?.route.replace('GET ', '') ?? '', backend.url).searchParams.get('name')).toBe(
      'a"\nb\\{c,d}[1-3]',
    );
    expect(last?.headers.get('cookie')).toBe(`ks_uat=${machine.kept('acme')['token']}`);
  },
);

test('prompt needs no server and always ends with 0', async () => {
  const env = { KSCLI_SESSION: 'acme' };
  expect(await machine.run('prompt', env)).toEqual({ exit: 0, stdout: 'acme 59m\n', stderr: '' });
  expect(await machine.run('prompt --session acme')).toEqual({ exit: 0, stdout: 'acme 59m\n', stderr: '' });
  const broken = { KSCLI_SESSION: '../x', KSCLI_TIMEOUT: 'x', KSCLI_SESION: 'y' };
  expect(await machine.run('prompt', broken)).toEqual({ exit: 0, stdout: '', stderr: '' });
  expect(await machine.run('prompt')).toEqual({ exit: 0, stdout: '', stderr: '' });
  expect(backend.requests).toEqual([]);
});
