// doctor where nobody answers: it has an end. That this is twelve seconds after its start is judged in test/doctor, on a clock
// of its own: here the machine may be slow.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { listen } from '../backend/proxy.ts';
import { BINARY, createMachine, finish, type Machine } from '../binary.ts';
import { canMount } from '../where.ts';

/** Seconds: those of a request, and those of a question to a name server, which is asked so often. */
const [TIMEOUT, RESOLVER_TIMEOUT, RESOLVER_ATTEMPTS] = [600, 30, 5];
/** Milliseconds, shorter than both. */
const LIMIT = 120_000;

let machine: Machine;
beforeEach(() => {
  machine = createMachine({ KSCLI_TIMEOUT: `${TIMEOUT}` });
});
afterEach(() => machine.remove());

// Both wait for the whole of their time, so they do it side by side.
test(
  'it ends, whatever keeps silent: the server, or where it may mount, the name server',
  async () => {
    const ways = [waitForSilentServer(), ...(canMount() ? [waitForSilentNameServer()] : [])];
    if (ways.length === 1) console.warn('not run, needs root that may mount: also where no name server answers');
    expect(await Promise.all(ways)).toEqual([
      ['TLS', 'no answer'],
      ...(canMount() ? [['name resolution', 'api.example.com: no answer']] : []),
    ]);
  },
  LIMIT,
);

async function waitForSilentServer() {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  const { stdout } = await machine.run('doctor -f json', {
    KSCLI_BASE_URL: `https://127.0.0.1:${await listen(silent)}`,
  });
  for (const socket of sockets) socket.destroy();
  silent.close();
  return lastFailure(stdout);
}

/** Nobody else's, whatever else is tested on this machine: a name server is always asked at port 53. */
const OWN_ADDRESS = `127.${64 + ((process.pid >> 16) & 63)}.${(process.pid >> 8) & 255}.${process.pid & 255}`;

async function waitForSilentNameServer() {
  const server = createSocket('udp4');
  await new Promise<void>((resolve, reject) => server.once('error', reject).bind(53, OWN_ADDRESS, resolve));
  writeFileSync(
    `${machine.home}/resolv.conf`,
    `nameserver ${OWN_ADDRESS}\noptions timeout:${RESOLVER_TIMEOUT} attempts:${RESOLVER_ATTEMPTS}\n`,
  );
  const child = Bun.spawn(['unshare', '-m', 'sh', '-c', SCRIPT], {
    cwd: machine.home,
    env: { ...machine.env, KSCLI: BINARY, KSCLI_BASE_URL: 'https://api.example.com' },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const { stdout } = await finish(child);
  server.close();
  return lastFailure(stdout);
}

const SCRIPT = 'mount --bind resolv.conf /etc/resolv.conf && "$KSCLI" doctor -f json';

function lastFailure(stdout: string): string[] {
  const rows: { check: string; result: string; detail: string }[] = JSON.parse(stdout);
  const { check = '', detail = '' } = rows.findLast(({ result }) => result === 'failed') ?? {};
  return [check, detail];
}
