// Uploads of the compiled binary that a signal ends: what they leave behind, and what they tell.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, USER } from '../backend/server.ts';
import { createSite, finish, type Site } from '../binary.ts';

const INGEST = 'POST /v1/documents/ingest';

let machine: Site;
beforeEach(async () => {
  machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  await machine.signIn();
});
afterEach(() => machine.remove());

function putDocuments(...names: string[]): void {
  mkdirSync(join(machine.home, 'docs'), { recursive: true });
  for (const name of names) writeFileSync(join(machine.home, 'docs', name), name);
}

/** The server takes each file under an id of its own, but for the ones after the first so many, which it never answers. */
function takeOnly(count: number): Promise<void> {
  const reached = Promise.withResolvers<void>();
  let taken = 0;
  machine.backend.faults.set(INGEST, async () => {
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
  machine.backend.faults.set(`GET /v1/workflows/document_versions/${id}`, async () => {
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
  machine.backend.faults.set('GET /v1/users/me', async () => {
    reached.resolve();
    return new Promise<Response>(() => undefined);
  });
  const child = machine.start(['whoami']);
  await reached.promise;
  child.kill('SIGTERM');
  await child.exited;
  expect({ signal: child.signalCode, stderr: await child.stderr.text() }).toEqual({ signal: 'SIGTERM', stderr: '' });
});
