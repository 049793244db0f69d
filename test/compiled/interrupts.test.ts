// Ctrl-C: the compiled binary ends at once, whatever it waits for.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { BINARY, createSite, finish, type Site } from '../binary.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const ASSUME = 'POST /v1/auth/assume_user';
const ABORTED = { exit: 130, stdout: '', stderr: 'Aborted.\n' };

let machine: Site;
beforeEach(() => {
  machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
});
afterEach(() => machine.remove());

test('Ctrl-C ends it at once with 130, and no file is left', async () => {
  const { reached } = machine.backend.hold(ASSUME);
  const process = machine.start(LINE.split(' '));
  await reached;
  process.kill('SIGINT');
  expect(await finish(process)).toEqual(ABORTED);
  expect(readdirSync(dirname(machine.credentials))).toEqual([]);
});

test('Ctrl-C ends it though nobody can be told', async () => {
  const { reached } = machine.backend.hold(ASSUME);
  const full = Bun.file('/dev/full');
  const process = Bun.spawn([BINARY, ...LINE.split(' ')], { env: machine.env, stdout: 'ignore', stderr: full });
  await reached;
  process.kill('SIGINT');
  expect(await process.exited).toBe(130);
});

test.each([
  ['api POST /v1/tags --input fifo', {}],
  [LINE, { ADMIN_API_KEY: '', ADMIN_API_KEY_FILE: 'fifo' }],
])('Ctrl-C ends it while a pipe has nothing to read: %s', async (line, env) => {
  await machine.signIn();
  expect(await machine.shell('mkfifo fifo')).toBe('$ mkfifo fifo\nexit 0');
  const process = machine.start(line.split(' '), env);
  // Opening the other end waits until kscli has opened its own.
  const end = await open(`${machine.home}/fifo`, 'w');
  process.kill('SIGINT');
  expect(await finish(process)).toEqual(ABORTED);
  await end.close();
});

test('Ctrl-C ends it while a full pipe has no reader', async () => {
  await machine.signIn();
  machine.backend.faults.set('GET /v1/large', () => new Response('x'.repeat(1_000_000)));
  expect(await machine.shell('mkfifo fifo')).toBe('$ mkfifo fifo\nexit 0');
  const end = await open(`${machine.home}/fifo`, 'r+');
  const process = Bun.spawn([BINARY, 'api', '/v1/large'], { env: machine.env, stdout: end.fd, stderr: 'pipe' });
  await end.read(Buffer.alloc(1));
  process.kill('SIGINT');
  expect({ exit: await process.exited, stderr: await process.stderr.text() }).toEqual({
    exit: 130,
    stderr: 'Aborted.\n',
  });
  await end.close();
});
