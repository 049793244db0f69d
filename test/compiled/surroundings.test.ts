// Pipes, signals, files and the directory around the compiled binary.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ADMIN_KEY, type Backend, startBackend, TENANT, USER } from '../backend/server.ts';
import { BINARY, createMachine, finish, type Machine } from '../binary.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;

let backend: Backend;
let machine: Machine;
beforeAll(() => {
  backend = startBackend();
});
afterAll(() => backend.stop());
beforeEach(() => {
  backend.delay = 0;
  backend.faults.clear();
  machine = createMachine({ KSCLI_BASE_URL: backend.url, ADMIN_API_KEY: ADMIN_KEY });
});
afterEach(() => machine.remove());

async function shell(script: string, env: Record<string, string> = {}) {
  const process = Bun.spawn(['sh', '-c', script], {
    cwd: machine.home,
    env: { ...machine.env, KSCLI: BINARY, ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  return finish(process);
}

test('the file is 0600 and its directory 0700, whatever the umask', async () => {
  expect((await shell(`umask 000; "$KSCLI" ${LINE}`)).exit).toBe(0);
  expect(statSync(machine.credentials).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(machine.credentials)).mode & 0o777).toBe(0o700);
  expect((await shell(`umask 777; "$KSCLI" ${LINE}`)).exit).toBe(0);
  expect(statSync(machine.credentials).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(machine.credentials)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('an admin key through a pipe', async () => {
  const { exit } = await shell(
    `mkfifo key; printf %s "$SECRET" > key & ADMIN_API_KEY= ADMIN_API_KEY_FILE=key "$KSCLI" ${LINE}`,
    {
      SECRET: ADMIN_KEY,
    },
  );
  expect(exit).toBe(0);
});

test('a closed pipe ends quietly with 0', async () => {
  await machine.run(LINE);
  const { stdout, stderr } = await shell('{ "$KSCLI" whoami; echo "exit $?" >&2; } | true');
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: 'exit 0\n' });
});

test('a part of a list says so to whoever read it, and a closed pipe or a full disk end as ever', async () => {
  await machine.run(LINE);
  for (let index = 0; index < 25; index++) backend.resources.store.create('threads', { title: `t ${index}` });
  const line = '"$KSCLI" threads list -f id-only';
  expect((await shell(line)).stderr).toBe('20 of 25. --all shows the rest.\n');
  expect((await shell(`{ ${line}; echo "exit $?" >&2; } | true`)).stderr).toBe('exit 0\n');
  expect(await shell(`${line} --all > /dev/full`)).toEqual({
    exit: 1,
    stdout: '',
    stderr: 'Error: The output could not be written: no space left on the device\n',
  });
});

test('a full disk on stdout is an error; closed descriptors do no harm', async () => {
  const full = await shell('"$KSCLI" --help > /dev/full');
  expect(full).toMatchObject({
    exit: 1,
    stderr: 'Error: The output could not be written: no space left on the device\n',
  });
  // The runtime opens /dev/null in place of a closed descriptor, so that nothing is written into a file by accident.
  expect((await shell('"$KSCLI" --help >&-')).exit).toBe(0);
  expect((await shell('"$KSCLI" whoami 2>&-')).exit).toBe(2);
  expect((await shell('"$KSCLI" --help <&-')).exit).toBe(0);
});

test('output that is appended to a file stands there once, without holes', async () => {
  const { stdout } = await shell(
    'for i in 1 2 3; do "$KSCLI" --help >> out; done; "$KSCLI" --help > once; cat once once once | cmp - out && echo same',
  );
  expect(stdout).toBe('same\n');
});

test('short output stays between what others write into the same file', async () => {
  const { stdout } = await shell(
    '{ echo a; "$KSCLI" --version; echo b; "$KSCLI" -h; echo c; } > out; sed -n "1p;3,4p;$ p" out; wc -c < out; tr -d "\\000" < out | wc -c',
  );
  const [first, second, third, last, ...sizes] = stdout.trimEnd().split('\n');
  expect([first, second, third, last]).toEqual(['a', 'b', 'Act as one user of one Knowledge Stack tenant.', 'c']);
  expect(sizes[0]).toBe(sizes[1] as string);
});

test('the help that the build made is the help that commands make', async () => {
  const { stdout: made } = await machine.run('--help -f table');
  for (const line of ['--help', '-h', ''])
    expect(await machine.run(line)).toEqual({ exit: 0, stdout: made, stderr: '' });
  expect((await shell('"$KSCLI" ""')).exit).toBe(64);
});

test('two megabytes arrive whole in a slow pipe', async () => {
  await machine.run(LINE);
  const name = 'x'.repeat(2_000_000);
  backend.faults.set('GET /v1/users/me', () => Response.json({ id: USER, name }));
  const { stdout } = await shell('"$KSCLI" whoami -f json | { sleep 0.2; wc -c; }');
  expect(Number(stdout)).toBeGreaterThan(name.length);
});

test('Ctrl-C ends at once with 130 and leaves no file', async () => {
  const reached = Promise.withResolvers<void>();
  backend.faults.set('POST /v1/auth/assume_user', async () => {
    reached.resolve();
    return new Promise<Response>(() => undefined);
  });
  const process = machine.start(LINE.split(' '));
  await reached.promise;
  process.kill('SIGINT');
  expect(await finish(process)).toEqual({ exit: 130, stdout: '', stderr: 'Aborted.\n' });
  expect(readdirSync(dirname(machine.credentials))).toEqual([]);
});

test('Ctrl-C ends it though nobody can be told', async () => {
  const reached = Promise.withResolvers<void>();
  backend.faults.set('POST /v1/auth/assume_user', async () => {
    reached.resolve();
    return new Promise<Response>(() => undefined);
  });
  const full = Bun.file('/dev/full');
  const process = Bun.spawn([BINARY, ...LINE.split(' ')], { env: machine.env, stdout: 'ignore', stderr: full });
  await reached.promise;
  process.kill('SIGINT');
  expect(await process.exited).toBe(130);
});

test.each([
  ['api POST /v1/tags --input fifo', {}],
  [LINE, { ADMIN_API_KEY: '', ADMIN_API_KEY_FILE: 'fifo' }],
])('Ctrl-C ends it while a pipe has nothing to read: %s', async (line, env) => {
  await machine.run(LINE);
  const fifo = `${machine.home}/fifo`;
  await shell(`mkfifo ${fifo}`);
  const process = machine.start(line.split(' '), env);
  // Opening the other end waits until kscli has opened its own.
  const end = await open(fifo, 'w');
  process.kill('SIGINT');
  expect(await finish(process)).toEqual({ exit: 130, stdout: '', stderr: 'Aborted.\n' });
  await end.close();
});

test('Ctrl-C ends it while a full pipe has no reader', async () => {
  await machine.run(LINE);
  backend.faults.set('GET /v1/large', () => new Response('x'.repeat(1_000_000)));
  const fifo = `${machine.home}/fifo`;
  await shell(`mkfifo ${fifo}`);
  const end = await open(fifo, 'r+');
  const process = Bun.spawn([BINARY, 'api', '/v1/large'], { env: machine.env, stdout: end.fd, stderr: 'pipe' });
  await end.read(Buffer.alloc(1));
  process.kill('SIGINT');
  expect(await process.exited).toBe(130);
  await end.close();
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
  const { exit, stdout, stderr } = await machine.run(LINE);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  expect(stdout).toStartWith('Authenticated as user');
  expect(readdirSync(machine.home)).not.toContain('trapped');
});

test('a verbose runtime prints nothing', async () => {
  const { stderr } = await machine.run(LINE, { BUN_CONFIG_VERBOSE_FETCH: 'curl' });
  expect(stderr).toBe('');
});

test('without HOME the system knows the home', async () => {
  const homeless = await shell('env -u HOME "$KSCLI" settings show -f id-only');
  expect(homeless).toMatchObject({ exit: 0, stderr: '' });
});

test('help in a pipe has no escape codes', async () => {
  const { stdout } = await machine.run('--help', { FORCE_COLOR: '1' });
  expect(stdout).not.toContain('\u001b');
});

test('nothing is sent anywhere but to the base URL', async () => {
  const before = backend.requests.length;
  await machine.run(LINE);
  await machine.run('whoami');
  expect(backend.requests.slice(before).map(({ route }) => route)).toEqual([
    'POST /v1/auth/assume_user',
    'GET /v1/users/me',
  ]);
  expect(readFileSync(machine.credentials, 'utf8')).toContain(`"base_url": "${backend.url}"`);
});
