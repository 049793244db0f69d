// Uploads of the compiled binary: what a signal in the middle leaves behind, and what comes through a pipe.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { listen } from '../backend/proxy.ts';
import { ADMIN_KEY, type Backend, startBackend, USER } from '../backend/server.ts';
import { BINARY, createMachine, finish, type Machine } from '../binary.ts';

const INGEST = 'POST /v1/documents/ingest';

let backend: Backend;
let machine: Machine;
beforeAll(() => {
  backend = startBackend();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  backend.requests.length = 0;
  machine = createMachine({ KSCLI_BASE_URL: backend.url, ADMIN_API_KEY: ADMIN_KEY });
  await machine.signIn();
});
afterEach(async () => {
  backend.faults.clear();
  await machine.remove();
});

/** A server that answers the first bytes of a request, and takes no more. */
async function answerAtOnce(status: number, body: object): Promise<{ url: string; close(): void }> {
  const text = JSON.stringify(body);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.pause();
      socket.write(`HTTP/1.1 ${status} Early\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
    });
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, close: () => server.close() };
}

const EARLY: readonly [status: number, body: object, error: (host: string) => string][] = [
  [
    201,
    { document_id: 'd', workflow_id: 'w' },
    (host) => `Error: ${host} answered 201 before the file was sent whole
The server may hold a part of it: look before you send it again.
`,
  ],
  [413, { detail: 'Too large' }, () => 'Error: Server error: 413: Too large\n'],
];

test.each(EARLY)('an answer of %i before the file was sent whole is an error', async (status, body, error) => {
  writeFileSync(join(machine.home, 'large.pdf'), Buffer.alloc(32 * 1024 * 1024));
  const { url, close } = await answerAtOnce(status, body);
  const fields = JSON.parse(readFileSync(machine.credentials, 'utf8'));
  writeFileSync(machine.credentials, JSON.stringify({ ...fields, base_url: url }));
  const line = `documents ingest --file large.pdf --path-part-id ${USER}`;
  expect(await machine.run(line, { KSCLI_BASE_URL: url })).toEqual({
    exit: 1,
    stdout: '',
    stderr: error(new URL(url).host),
  });
  close();
});

test('an answer to an upload that is cut in the middle is an error, and the upload is not sent again', async () => {
  writeFileSync(join(machine.home, 'a.pdf'), 'contents');
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"document_id":'));
  });
  const host = `127.0.0.1:${await listen(server)}`;
  const fields = JSON.parse(readFileSync(machine.credentials, 'utf8'));
  writeFileSync(machine.credentials, JSON.stringify({ ...fields, base_url: `http://${host}` }));
  const line = `documents ingest --file a.pdf --path-part-id ${USER}`;
  expect(await machine.run(line, { KSCLI_BASE_URL: `http://${host}` })).toEqual({
    exit: 1,
    stdout: '',
    stderr: `Error: Lost the connection to ${host} in the middle of its answer
The server may have done it all the same: look before you run it again.
`,
  });
  expect(connections).toBe(1);
  server.close();
});

function putDocuments(...names: string[]): void {
  mkdirSync(join(machine.home, 'docs'), { recursive: true });
  for (const name of names) writeFileSync(join(machine.home, 'docs', name), name);
}

/** The server takes each file under an id of its own, but for the ones after the first so many, which it never answers. */
function takeOnly(count: number): Promise<void> {
  const reached = Promise.withResolvers<void>();
  let taken = 0;
  backend.faults.set(INGEST, async () => {
    taken++;
    if (taken <= count) return Response.json({ document_id: `d${taken}`, workflow_id: `w${taken}` });
    reached.resolve();
    return new Promise<Response>(() => undefined);
  });
  return reached.promise;
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s in the middle of a bulk upload tells what was uploaded', async (signal, exit) => {
  putDocuments('a.pdf', 'b.pdf', 'c.pdf', 'd.pdf', 'e.txt');
  const reached = takeOnly(2);
  const child = machine.start(['folders', 'bulk-ingest', 'docs', '--path-part-id', USER, '--parallel', '1']);
  await reached;
  child.kill(signal);
  expect(await finish(child)).toEqual({
    exit,
    stdout: '',
    stderr: [
      'Aborted.',
      'a.pdf: document d1, workflow w1',
      'b.pdf: document d2, workflow w2',
      'c.pdf: was on its way, and may have arrived',
      'Uploaded 2, skipped 0, failed 0, left 2',
      '',
    ].join('\n'),
  });
});

/** Workflows that never end; settles once the first is looked at. */
function neverEnd(id: string): Promise<void> {
  const reached = Promise.withResolvers<void>();
  backend.faults.set(`GET /v1/workflows/document_versions/${id}`, async () => {
    reached.resolve();
    return Response.json({ status: 'processing' });
  });
  return reached.promise;
}

test('Ctrl-C while waiting tells the ids of all that was uploaded', async () => {
  putDocuments('a.pdf', 'b.pdf');
  void takeOnly(2);
  await interruptWhileWaiting(
    'w2',
    ['folders', 'bulk-ingest', 'docs', '--path-part-id', USER, '--wait', '--parallel', '1'],
    [
      'a.pdf: document d1, workflow w1',
      'b.pdf: document d2, workflow w2',
      'Uploaded 2 (2 of them unfinished), skipped 0, failed 0',
    ],
    // As soon as they are known, too: a kill tells nothing.
    ['a.pdf: document d1, workflow w1', 'b.pdf: document d2, workflow w2'],
  );
});

test('so does a single upload', async () => {
  putDocuments('a.pdf');
  void takeOnly(1);
  const line = ['documents', 'ingest', '--file', 'docs/a.pdf', '--path-part-id', USER, '--wait'];
  await interruptWhileWaiting('w1', line, ['a.pdf: document d1, workflow w1']);
});

async function interruptWhileWaiting(
  last: string,
  line: readonly string[],
  told: readonly string[],
  before: readonly string[] = [],
): Promise<void> {
  for (const id of ['w1', 'w2']) void neverEnd(id);
  const reached = neverEnd(last);
  const child = machine.start(line);
  await reached;
  child.kill('SIGINT');
  expect(await finish(child)).toEqual({
    exit: 130,
    stdout: '',
    stderr: [...before, 'Aborted.', ...told, ''].join('\n'),
  });
}

test('without uploads, SIGTERM ends it as it ends any program', async () => {
  const reached = Promise.withResolvers<void>();
  backend.faults.set('GET /v1/users/me', async () => {
    reached.resolve();
    return new Promise<Response>(() => undefined);
  });
  const child = machine.start(['whoami']);
  await reached.promise;
  child.kill('SIGTERM');
  await child.exited;
  expect({ signal: child.signalCode, stderr: await child.stderr.text() }).toEqual({ signal: 'SIGTERM', stderr: '' });
});

/** In a shell with pipes; `$KSCLI` is the binary. */
async function shell(script: string, name = 'sh') {
  const env = { ...machine.env, KSCLI: BINARY, PART: USER };
  return finish(
    Bun.spawn([name, '-c', script], { cwd: machine.home, env, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' }),
  );
}

test.each([
  ['standard input', 'printf content | "$KSCLI" documents ingest --file - --path-part-id "$PART" --name x.pdf'],
  ['/dev/stdin', 'printf content | "$KSCLI" documents ingest --file /dev/stdin --path-part-id "$PART" --name x.pdf'],
  [
    'a file as standard input',
    'printf content > f; "$KSCLI" documents ingest --file /dev/stdin --path-part-id "$PART" --name x.pdf < f',
  ],
  [
    'a named pipe',
    'mkfifo p; printf content > p & "$KSCLI" documents ingest --file p --path-part-id "$PART" --name x.pdf',
  ],
  ['a pipe of the shell', '"$KSCLI" documents ingest --file <(printf content) --path-part-id "$PART" --name x.pdf'],
])('%s is uploaded under the name that was given', async (_what, script) => {
  const { exit, stderr } = await shell(script, 'bash');
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  const sent = backend.requests.find(({ route }) => route === INGEST);
  const form = new Response(sent?.body, { headers: { 'content-type': `${sent?.headers.get('content-type')}` } });
  const file = (await form.formData()).get('file');
  expect(file).toBeInstanceOf(File);
  if (file instanceof File)
    expect([file.name, file.type, await file.text()]).toEqual(['x.pdf', 'application/pdf', 'content']);
  expect(sent?.headers.get('content-length')).toBe(`${sent?.body.length}`);
});

test('a pipe without a name, and one that is too long, are refused before anything is sent', async () => {
  const nameless = await shell('printf content | "$KSCLI" documents ingest --file - --path-part-id "$PART"');
  expect(nameless).toEqual({
    exit: 64,
    stdout: '',
    stderr: [
      "Error: --file: '-' is a pipe and has no name. Give the document one with --name",
      'Usage: kscli documents ingest --under <path|id> --file <file> [options]',
      '',
    ].join('\n'),
  });
  const long = await shell(
    'head -c 300000000 /dev/zero | "$KSCLI" documents ingest --file - --path-part-id "$PART" --name x.pdf',
  );
  expect(long).toEqual({
    exit: 64,
    stdout: '',
    stderr: [
      "Error: --file: '-' is larger than 256 MiB",
      'The server is told the length first, so what comes through a pipe is held in memory. Write it to a file, and name that.',
      'Usage: kscli documents ingest --under <path|id> --file <file> [options]',
      '',
    ].join('\n'),
  });
  expect(backend.requests.map(({ route }) => route)).toEqual(['POST /v1/auth/assume_user']);
});
