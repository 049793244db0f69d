// kscli workflows wait: what is asked, what is told, and the exit code.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home, type Stubs } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const run = (id: string) => `GET /v1/workflows/document_versions/${id}`;
const live = (id: string) => `GET /v1/workflows/${id}`;
const states = (...texts: string[]) => texts.map((status) => ({ json: { status } }));
const NOT_FOUND = { status: 404, json: { detail: 'Workflow not found' } };

async function wait(line: string, stubs: Stubs, options = {}): Promise<string> {
  const transcript = await home.kscli(`workflows wait ${line}`, stubs, options);
  return transcript.replaceAll(' | cookie: ks_uat=<token>', '').split('\n').slice(1).join('\n');
}

test('a line a change in a pipe, and the last word of each at the end', async () => {
  const stubs = {
    [run('a')]: states('pending', 'pending', 'processing', 'completed'),
    [run('b')]: states('processing', 'completed'),
  };
  expect(await wait('a b a', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/b
    > GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/b
    > GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/a
    ┌─────────────┬───────────┬───────┐
    │ WORKFLOW_ID │ STATUS    │ ERROR │
    ├─────────────┼───────────┼───────┤
    │ a           │ completed │ -     │
    │ b           │ completed │ -     │
    └─────────────┴───────────┴───────┘

    Total: 2
    ! a: pending
    ! b: processing
    ! b: completed
    ! a: processing
    ! a: completed
    exit 0"
  `);
});

test('one status line at a terminal', async () => {
  const stubs = { [run('a')]: states('processing', 'completed'), [run('b')]: states('completed') };
  const transcript = await wait('a b --timeout 30 -f id-only', stubs, { isTerminal: true, width: 60 });
  expect(JSON.stringify(transcript.split('\n').filter((line) => line.startsWith('!')))).toMatchInlineSnapshot(
    `"["! \\r\\u001b[K0/2 workflows finished  30 s left\\r\\u001b[K1/2 workflows finished  28 s left\\r\\u001b[K<no newline>"]"`,
  );
});

test('one that failed: 1, and the others are waited for', async () => {
  const stubs = {
    [run('a')]: { json: { status: 'failed', error: 'No text' } },
    [run('b')]: states('processing', 'completed'),
    [run('c')]: states('cancelled'),
  };
  expect(await wait('a b c -f json', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/b
    > GET /v1/workflows/document_versions/c
    > GET /v1/workflows/document_versions/b
    {
      "items": [
        {
          "workflow_id": "a",
          "status": "failed",
          "error": "Workflow a ended as failed: No text"
        },
        {
          "workflow_id": "b",
          "status": "completed",
          "error": null
        },
        {
          "workflow_id": "c",
          "status": "cancelled",
          "error": "Workflow c ended as cancelled"
        }
      ],
      "total": 3
    }
    ! b: processing
    ! Error: Workflow a ended as failed: No text
    ! Error: Workflow c ended as cancelled
    ! b: completed
    exit 1"
  `);
});

test('time over: 124, whatever else happened, and each that has not ended is named', async () => {
  const stubs = {
    [run('a')]: states('failed'),
    [run('b')]: states('processing', 'processing', 'processing'),
    [run('c')]: [...states('pending'), { status: 500 }, { status: 500 }],
  };
  expect(await wait('a b c --timeout 20 --interval 10s -f id-only --timeout 20', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/b
    > GET /v1/workflows/document_versions/c
    > GET /v1/workflows/document_versions/b
    > GET /v1/workflows/document_versions/c
    > GET /v1/workflows/document_versions/b
    > GET /v1/workflows/document_versions/c
    a
    b
    c
    ! b: processing
    ! c: pending
    ! Error: Workflow a ended as failed
    ! Error: 2 of 3 workflows have not ended after 20 seconds
    ! b: processing
    ! c: pending
    exit 124"
  `);
});

test('a workflow that made no version is asked for its live status, and has ended once it is closed', async () => {
  const open = { json: { temporal_status: 'RUNNING', close_time: null } };
  const closed = (temporal_status: string) => ({ json: { temporal_status, close_time: '2026-01-01T00:00:00Z' } });
  expect(
    await wait('a -f id-only', { [run('a')]: NOT_FOUND, [live('a')]: [open, closed('COMPLETED')] }),
  ).toMatchInlineSnapshot(`
    "> GET /v1/workflows/document_versions/a
    > GET /v1/workflows/a
    > GET /v1/workflows/a
    a
    ! a: RUNNING
    ! a: COMPLETED
    exit 0"
  `);
  const terminated = { [run('a')]: NOT_FOUND, [live('a')]: closed('TERMINATED') };
  expect(await wait('a -f id-only', terminated)).toEndWith('! Error: Workflow a ended as TERMINATED\nexit 1');
});

test('an older server knows the former request alone', async () => {
  const router = { status: 404, json: { detail: 'Not Found' } };
  expect(
    await wait('a b -f id-only', {
      [run('a')]: router,
      [run('b')]: router,
      [live('a')]: states('completed'),
      [live('b')]: states('completed'),
    }),
  ).toEndWith('exit 0');
});

test('none that the server knows: 3; some: 1', async () => {
  const unknown = { [run('a')]: NOT_FOUND, [live('a')]: NOT_FOUND };
  expect(await wait('a -f id-only', unknown)).toMatchInlineSnapshot(`
    "> GET /v1/workflows/document_versions/a
    > GET /v1/workflows/a
    a
    ! Error: a: Not found: Workflow not found
    exit 3"
  `);
  const mixed = { ...unknown, [run('b')]: { json: { status: 'failed' } } };
  expect(await wait('a b -f id-only', mixed)).toEndWith('exit 1');
});

test('a session that ends stops the wait with 2', async () => {
  const stubs = { [run('a')]: { status: 401 }, 'POST /v1/auth/assume_user': { status: 401 } };
  expect(await wait('a b -f id-only', { ...stubs, [run('b')]: states('processing') })).toEndWith('exit 2');
});
