// The report of bulk-ingest on the compiled binary: what Ctrl-C leaves, who may write it, and what a full disk does.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, USER } from '../backend/server.ts';
import { BINARY, createSite, finish, type Site } from '../binary.ts';

const INGEST = 'POST /v1/documents/ingest';
const LINE = ['folders', 'bulk-ingest', 'docs', '--path-part-id', USER, '--parallel', '1'];

let site: Site;
beforeEach(async () => {
  site = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  mkdirSync(join(site.home, 'docs'));
  for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) writeFileSync(join(site.home, 'docs', name), name);
  await site.signIn();
});
afterEach(() => site.remove());

test('Ctrl-C tells the command that goes on, which then sends only what did not arrive', async () => {
  const held = site.backend.hold(INGEST, 2);
  const child = site.start([...LINE.slice(0, -1), '2', '--report', 'my report.jsonl']);
  await held.reached;
  child.kill('SIGINT');
  const { exit, stderr } = await finish(child);
  held.release();
  // They arrive all the same, in their time.
  while (site.backend.resources.store.rows('documents').length < 2) await new Promise(setImmediate);
  expect({ exit, stderr }).toMatchInlineSnapshot(`
    {
      "exit": 130,
      "stderr": 
    "Aborted.
    a.pdf: was on its way, and may have arrived
    b.pdf: was on its way, and may have arrived
    Uploaded 0, skipped 0, failed 0, left 3
    To go on: kscli folders bulk-ingest docs --under 00000000-0000-0000-0001-000000000001 --parallel 2 --resume 'my report.jsonl'
    "
    ,
    }
  `);
  const command = /To go on: (.*)/.exec(stderr)?.[1] ?? '';
  expect(await site.shell(`${command} -f id-only 2>&1 >/dev/null`)).toEndWith(
    '\nUploaded 3, skipped 0, failed 0\nexit 0',
  );
  expect(site.backend.count(INGEST)).toBe(3);
  expect(site.backend.resources.store.rows('documents')).toHaveLength(3);
});

test('two at once do not write one report', async () => {
  const held = site.backend.hold(INGEST);
  const first = site.start([...LINE, '--report', 'report.jsonl']);
  await held.reached;
  expect(await site.run(`${LINE.join(' ')} --resume report.jsonl`)).toEqual({
    exit: 1,
    stdout: '',
    stderr: 'Error: Refused: Another kscli writes report.jsonl at the moment\nNothing was sent.\n',
  });
  held.release();
  expect((await finish(first)).exit).toBe(0);
});

test('a report that cannot grow stops the upload: nothing is sent that it would not know of', async () => {
  // Room for the first lines alone.
  const script = `ulimit -f 1; trap '' XFSZ; "${BINARY}" ${LINE.join(' ')} --report report.jsonl -f id-only`;
  const { exit, stderr } = await finish(
    Bun.spawn(['bash', '-c', script], {
      cwd: site.home,
      env: site.env,
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    }),
  );
  expect(exit).toBe(1);
  expect(stderr).toEndWith('\nError: The report report.jsonl cannot be written: it is too large\n');
  const lines = readFileSync(join(site.home, 'report.jsonl'), 'utf8');
  expect(lines).toEndWith('\n');
  expect((await site.run(`${LINE.join(' ')} --resume report.jsonl -f id-only`)).exit).toBe(0);
  expect(site.backend.count(INGEST)).toBe(3);
});

test('a file that changes while it is sent has failed, and the report knows it', async () => {
  const path = join(site.home, 'docs', 'a.pdf');
  writeFileSync(path, Buffer.alloc(8 * 1024 * 1024));
  site.backend.streams.add(INGEST);
  site.backend.faults.set(INGEST, async (request) => {
    const reader = request.body?.getReader();
    await reader?.read();
    utimesSync(path, 1, 1);
    while (!(await reader?.read().catch(() => ({ done: true })))?.done);
    return Response.json({ document_id: 'd', workflow_id: 'w' });
  });
  const { exit, stderr } = await site.run(
    `${LINE.join(' ')} --exclude b.pdf --exclude c.pdf --report report.jsonl -f id-only`,
  );
  expect({ exit, stderr }).toMatchInlineSnapshot(`
    {
      "exit": 1,
      "stderr": 
    "Error: a.pdf: The file changed while it was sent. Run the command again
    Uploaded 0, skipped 0, failed 1, excluded 2
    To go on: kscli folders bulk-ingest docs --under 00000000-0000-0000-0001-000000000001 --exclude b.pdf --exclude c.pdf --parallel 1 --resume report.jsonl
    "
    ,
    }
  `);
});
