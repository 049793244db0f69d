// Servers that stall, redirect or hang up, for each kind of request that the compiled binary makes.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { listen } from '../backend/proxy.ts';
import { ADMIN_KEY, startBackend, TENANT, USER } from '../backend/server.ts';
import { createSite, finish, type Site } from '../binary.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;

let machine: Site;
beforeEach(() => {
  machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
});
afterEach(() => machine.remove());

const STALLS: readonly [phase: string, answer: string | undefined][] = [
  ['before a byte', undefined],
  ['inside the status line', 'HTTP/1.1 20'],
  ['inside the headers', 'HTTP/1.1 200 OK\r\nContent-Type: app'],
  ['before the body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n'],
  ['inside the body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"token":'],
];

test.each(STALLS)('a server that stalls %s: ended by the timeout, and by Ctrl-C', async (_phase, answer) => {
  let reached = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      if (answer !== undefined) socket.write(answer);
      reached.resolve();
    });
  });
  const port = await listen(server);
  for (const scheme of ['http', 'https']) {
    const env = { KSCLI_BASE_URL: `${scheme}://127.0.0.1:${port}` };
    // What is no TLS is refused at once.
    const isRefused = scheme === 'https' && answer !== undefined;
    const { exit, stderr } = await machine.run(isRefused ? LINE : `${LINE} --timeout 0.3`, env);
    const silence = `No answer from 127.0.0.1:${port} within 0.3 seconds`;
    expect(stderr).toStartWith(`Error: ${isRefused ? `Could not connect to 127.0.0.1:${port}` : silence}`);
    expect(exit).toBe(1);
  }
  reached = Promise.withResolvers<void>();
  const child = machine.start(LINE.split(' '), { KSCLI_BASE_URL: `http://127.0.0.1:${port}` });
  await reached.promise;
  child.kill('SIGINT');
  expect(await finish(child)).toEqual({ exit: 130, stdout: '', stderr: 'Aborted.\n' });
  expect(readdirSync(dirname(machine.credentials))).toEqual([]);
  server.close();
});

test.each([301, 302, 303, 307, 308])('a %i goes nowhere, for each of them', async (status) => {
  const sink = startBackend();
  await machine.run(LINE);
  for (const route of ['POST /v1/auth/assume_user', 'GET /v1/users/me']) {
    machine.backend.faults.set(route, () => new Response(null, { status, headers: { location: `${sink.url}/taken` } }));
  }
  for (const line of [LINE, 'whoami']) {
    const { exit, stderr } = await machine.run(line);
    expect(stderr).toStartWith(`Error: Server error: ${status}: the server redirects to ${sink.url}/taken\n`);
    expect(exit).toBe(1);
  }
  await sink.stop();
  expect(sink.requests).toEqual([]);
});

test('an answer cut in the middle is tried again for a GET, and is an error', async () => {
  await machine.run(LINE);
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id":'));
  });
  const port = await listen(server);
  machine.change({ base_url: `http://127.0.0.1:${port}` });
  const { exit, stderr } = await machine.run('whoami', { KSCLI_BASE_URL: `http://127.0.0.1:${port}` });
  server.close();
  expect(stderr).toBe(`connection lost, trying again
connection lost, trying again
Error: Lost the connection to 127.0.0.1:${port} in the middle of its answer
`);
  expect(exit).toBe(1);
  expect(connections).toBe(3);
});
