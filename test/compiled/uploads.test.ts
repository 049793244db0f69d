// Uploads of the compiled binary: what is sent, answers before the file is through, and files that change meanwhile.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { listen } from '../backend/proxy.ts';
import { ADMIN_KEY, refuse, USER } from '../backend/server.ts';
import { createSite, type Site } from '../binary.ts';

const INGEST = 'POST /v1/documents/ingest';

let machine: Site;
beforeEach(async () => {
  machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  await machine.signIn();
});
afterEach(() => machine.remove());

test('a file is uploaded as a form, its parts in order', async () => {
  writeFileSync(join(machine.home, 'x "1".pdf'), 'content');
  const process = machine.start(['documents', 'ingest', '--file', 'x "1".pdf', '--path-part-id', USER, '-f', 'json']);
  expect(await process.exited).toBe(0);
  const sent = machine.backend.requests.find(({ route }) => route === INGEST);
  const body = sent?.body ?? '';
  expect(sent?.headers.get('content-length')).toBe(`${body.length}`);
  expect(body.replace(/kscli-[0-9a-f-]{36}/g, 'B').split('\r\n')).toEqual([
    '--B',
    'Content-Disposition: form-data; name="path_part_id"',
    '',
    USER,
    '--B',
    'Content-Disposition: form-data; name="name"',
    '',
    'x "1".pdf',
    '--B',
    'Content-Disposition: form-data; name="file"; filename="x %221%22.pdf"',
    'Content-Type: application/pdf',
    '',
    'content',
    '--B--',
    '',
  ]);
});

test('the type is that of the contents, whatever the document is called', async () => {
  writeFileSync(join(machine.home, 'r.pdf'), 'content');
  const line = ['documents', 'ingest', '--file', 'r.pdf', '--path-part-id', USER, '--name', 'Annual report'];
  expect(await machine.start(line).exited).toBe(0);
  const { body } = machine.backend.requests.findLast(({ route }) => route === INGEST) ?? {};
  expect(body).toContain('filename="Annual report"\r\nContent-Type: application/pdf\r\n');
});

test('an answer that comes before the file is through counts, and after a 401 the file is sent anew', async () => {
  const path = join(machine.home, 'large.pdf');
  writeFileSync(path, new Uint8Array(32_000_000));
  const line = `documents ingest --file ${path} --path-part-id ${USER}`;
  machine.backend.streams.add(INGEST);
  machine.backend.faults.set(INGEST, () => refuse(413, 'Too large'));
  expect(await machine.run(line)).toMatchObject({ exit: 1, stderr: 'Error: Server error: 413: Too large\n' });
  let calls = 0;
  machine.backend.faults.set(INGEST, async (request) => {
    if (++calls === 1) return refuse(401, 'Expired');
    return Response.json({ document_id: `${(await request.bytes()).length}` });
  });
  const { exit, stderr } = await machine.run(`${line} -f id-only`);
  expect({ exit, stderr, calls }).toEqual({ exit: 0, stderr: '', calls: 2 });
});

test.each([
  ['grows', (path: string) => appendFileSync(path, 'more')],
  ['shrinks', (path: string) => truncateSync(path, 1_000_000)],
  ['is written anew', (path: string) => writeFileSync(path, Buffer.alloc(32_000_000, 'x'))],
])('a file that %s while it is sent is an error', async (_how, change) => {
  const path = join(machine.home, 'moving.pdf');
  writeFileSync(path, new Uint8Array(32_000_000));
  machine.backend.streams.add(INGEST);
  machine.backend.faults.set(INGEST, async ({ body }) => {
    const reader = body?.getReader();
    await reader?.read();
    change(path);
    while (!(await reader?.read().catch(() => ({ done: true })))?.done);
    return Response.json({ document_id: USER });
  });
  const { exit, stdout, stderr } = await machine.run(`documents ingest --file ${path} --path-part-id ${USER}`);
  expect({ exit, stdout, stderr }).toEqual({
    exit: 1,
    stdout: '',
    stderr: 'Error: The file changed while it was sent. Run the command again\n',
  });
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
  machine.change({ base_url: url });
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
  machine.change({ base_url: `http://${host}` });
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
