// Answers that never end, that unpack to gigabytes or that are packed wrongly: what the compiled binary makes of them.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Backend } from '../backend/server.ts';
import { createSite, finish, type Machine, type Site } from '../binary.ts';

const ME = 'GET /v1/users/me';
const MEBIBYTE = 1024 * 1024;

let machine: Site;
let backend: Backend;
let host: string;
beforeEach(async () => {
  machine = createSite();
  ({ backend } = machine);
  host = new URL(backend.url).host;
  await machine.signIn();
});
afterEach(() => machine.remove());

/** @param onPiece called before each mebibyte with how many there were @param count of them; without it there is no end */
function blanks(onPiece: (sent: number) => void = () => undefined, count = Number.POSITIVE_INFINITY): ReadableStream {
  let sent = 0;
  return new ReadableStream({
    pull: (controller) => {
      onPiece(sent);
      if (sent++ < count) controller.enqueue(Buffer.alloc(MEBIBYTE, ' '));
      else controller.close();
    },
  });
}

const TOO_LONG = () => `Error: The answer of ${host} is longer than 256 MiB
Ask for less at a time: a list has --limit, and --all reads it page by page.
`;

const BOMB = Buffer.alloc(1024 * MEBIBYTE, ' ');

test.each([
  ['blanks without an end', () => new Response(blanks())],
  ['1 GiB of blanks', () => new Response(BOMB)],
  ['1 GiB of blanks as an error', () => new Response(blanks(), { status: 500 })],
  ['1 GiB in a megabyte of gzip', () => new Response(gzipSync(BOMB, { level: 1 }), packed('gzip'))],
  ['1 GiB in 32 KiB of zstd', () => new Response(zstdCompressSync(BOMB), packed('zstd'))],
])('%s end at 256 MiB', async (_name, answer) => {
  backend.faults.set(ME, answer);
  expect(await machine.run('whoami')).toEqual({ exit: 1, stdout: '', stderr: TOO_LONG() });
});

test('256 MiB of blanks are an answer without content', async () => {
  backend.faults.set(ME, () => new Response(blanks(undefined, 256)));
  expect(await machine.run('whoami')).toEqual({
    exit: 1,
    stdout: '',
    stderr: 'Error: The server answered 200 without content\n',
  });
});

test.each(['[', '{"a":', '[{"a":'])('128 MiB of %s are refused before they fill the memory', async (unit) => {
  const body = zstdCompressSync(unit.repeat((128 * MEBIBYTE) / unit.length));
  backend.faults.set(ME, () => new Response(body, packed('zstd')));
  expect(await machine.run('whoami')).toEqual({
    exit: 1,
    stdout: '',
    stderr: 'Error: The server answered 200 with JSON that is nested too deeply\n',
  });
});

test('an answer that goes on and on is ended by the timeout, and by Ctrl-C', async () => {
  // Slower than it takes to reach the limit: a piece whenever the one before has gone.
  let reached = Promise.withResolvers<void>();
  const slow = () => {
    const stream = new ReadableStream({
      pull: async (controller) => {
        controller.enqueue(new Uint8Array(1));
        reached.resolve();
        await new Promise(setImmediate);
      },
    });
    return new Response(stream);
  };
  backend.faults.set(ME, slow);
  expect(await machine.run('whoami --timeout 0.3')).toEqual({
    exit: 1,
    stdout: '',
    stderr: `Error: No answer from ${host} within 0.3 seconds
Give it longer with --timeout or KSCLI_TIMEOUT.
`,
  });
  reached = Promise.withResolvers<void>();
  const child = machine.start(['whoami']);
  await reached.promise;
  child.kill('SIGINT');
  expect(await finish(child)).toEqual({ exit: 130, stdout: '', stderr: 'Aborted.\n' });
});

test('Ctrl-C holds while an answer pours in', async () => {
  let child: ReturnType<Machine['start']> | undefined;
  const answer = () => new Response(blanks((sent) => sent === 16 && child?.kill('SIGINT')));
  backend.faults.set(ME, answer);
  child = machine.start(['whoami']);
  expect(await finish(child)).toEqual({ exit: 130, stdout: '', stderr: 'Aborted.\n' });
});

test.each([
  ['no gzip at all', 'gzip', () => Buffer.from('{"id": "1"}')],
  ['gzip that is cut', 'gzip', () => gzipSync('{"id": "1"}').subarray(0, -4)],
  ['no zstd at all', 'zstd', () => Buffer.from('{"id": "1"}')],
])('%s is said in one error, and in no words of the runtime', async (_name, encoding, body) => {
  backend.faults.set(ME, () => new Response(body(), packed(encoding)));
  expect(await machine.run('whoami')).toEqual({
    exit: 1,
    stdout: '',
    stderr: `Error: The answer of ${host} cannot be unpacked: its compression (${encoding}) is broken
Try again. If it stays so, the server or a proxy on the way is at fault.
`,
  });
});

test('what is packed well is unpacked', async () => {
  backend.faults.set(ME, () => new Response(gzipSync('{"id": "1"}'), packed('gzip')));
  expect(await machine.run('whoami -f id-only')).toEqual({ exit: 0, stdout: '1\n', stderr: '' });
  expect(backend.requests.at(-1)?.headers.get('accept-encoding')).toBe('gzip, br, zstd');
});

function packed(encoding: string): ResponseInit {
  return { headers: { 'content-encoding': encoding } };
}
