// Waits of rows: uploads ask for their own status, everything else for the live one, which is over at its close time.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';
import { A } from './line.ts';

const REEMBED = `POST /v1/folders/${A}?action=reembed`;
const BEGUN = { json: { folder_id: A, action: 'reembed', workflow_id: 'w' } };
const LIVE = 'GET /v1/workflows/w';
const RUN = 'GET /v1/workflows/document_versions/w';
const END = '2026-01-01T00:00:00Z';
const live = (temporal_status: string, close_time: string | null = null) => ({ json: { temporal_status, close_time } });

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
  writeFileSync(join(home.directory, 'report.pdf'), 'text');
});
afterAll(() => home.remove());

test('the live status is over once there is a close time, whatever its words', async () => {
  const stubs = { [REEMBED]: BEGUN, [LIVE]: [live('COMPLETED'), live('Running'), live('Odd', END)] };
  expect(await home.kscli(`folders reembed ${A} --wait -f json`, stubs)).toMatchInlineSnapshot(`
    "$ kscli folders reembed 00000000-0000-0000-0003-00000000000a --wait -f json
    > POST /v1/folders/00000000-0000-0000-0003-00000000000a?action=reembed | cookie: ks_uat=<token>
    > GET /v1/workflows/w | cookie: ks_uat=<token>
    > GET /v1/workflows/w | cookie: ks_uat=<token>
    > GET /v1/workflows/w | cookie: ks_uat=<token>
    {
      "folder_id": "00000000-0000-0000-0003-00000000000a",
      "action": "reembed",
      "workflow_id": "w",
      "status": "Odd"
    }
    exit 0"
  `);
});

test.each(['FAILED', 'Canceled', 'TERMINATED', 'TIMED_OUT'])('%s is no success', async (state) => {
  const stubs = { [REEMBED]: BEGUN, [LIVE]: live(state, END) };
  const transcript = await home.kscli(`folders reembed ${A} --wait -f id-only`, stubs);
  expect(transcript).toEndWith(`\nw\n! Error: Workflow w ended as ${state}\nexit 1`);
});

test('a wait that takes too long says how long, and shows what was begun', async () => {
  const stubs = { [REEMBED]: BEGUN, [LIVE]: [live('RUNNING'), live('RUNNING')] };
  expect(await home.kscli(`folders reembed ${A} --wait --wait-timeout 1 -f jsonl`, stubs)).toMatchInlineSnapshot(`
    "$ kscli folders reembed 00000000-0000-0000-0003-00000000000a --wait --wait-timeout 1 -f jsonl
    > POST /v1/folders/00000000-0000-0000-0003-00000000000a?action=reembed | cookie: ks_uat=<token>
    > GET /v1/workflows/w | cookie: ks_uat=<token>
    > GET /v1/workflows/w | cookie: ks_uat=<token>
    {"folder_id":"00000000-0000-0000-0003-00000000000a","action":"reembed","workflow_id":"w","status":"RUNNING"}
    ! Error: Workflow w is still RUNNING after 1 seconds
    exit 1"
  `);
});

test('the live status is asked for at one address alone', async () => {
  const stubs = { [REEMBED]: BEGUN, [LIVE]: { status: 404, json: { detail: 'Not Found' } } };
  expect(await home.kscli(`folders reembed ${A} --wait -f id-only`, stubs)).toMatchInlineSnapshot(`
    "$ kscli folders reembed 00000000-0000-0000-0003-00000000000a --wait -f id-only
    > POST /v1/folders/00000000-0000-0000-0003-00000000000a?action=reembed | cookie: ks_uat=<token>
    > GET /v1/workflows/w | cookie: ks_uat=<token>
    w
    ! Error: Not found: Not Found
    exit 3"
  `);
});

test.each([
  [`documents ingest --file ~/report.pdf --path-part-id ${A}`, 'POST /v1/documents/ingest', 'document_id'],
  [`documents new-version ${A} --file ~/report.pdf`, `POST /v1/documents/${A}/ingest`, 'document_version_id'],
])('%s waits at its own address', async (line, route, id) => {
  const uploaded = { status: 201, json: { document_id: 'd', document_version_id: 'v', workflow_id: 'w' } };
  const stubs = { [route]: uploaded, [RUN]: [{ json: { status: 'processing' } }, { json: { status: 'completed' } }] };
  const transcript = await home.kscli(`${line} --wait -f json`, stubs);
  expect(transcript).toContain('  "workflow_id": "w",\n  "status": "completed"\n}\nexit 0');
  expect(await home.kscli(`${line} -f id-only`, { [route]: uploaded })).toEndWith(
    `\n${id === 'document_id' ? 'd' : 'v'}\nexit 0`,
  );
});

test('on an older server a wait finds the former address once', async () => {
  const uploaded = { status: 201, json: { document_id: 'd', document_version_id: 'v', workflow_id: 'w' } };
  const stubs = {
    'POST /v1/documents/ingest': uploaded,
    [RUN]: { status: 404, json: { detail: 'Not Found' } },
    [LIVE]: [{ json: { status: 'processing' } }, { json: { status: 'failed', error: 'No text' } }],
  };
  const line = `documents ingest --file ~/report.pdf --path-part-id ${A} --wait -f id-only`;
  expect(await home.kscli(line, stubs)).toMatchInlineSnapshot(`
    "$ kscli documents ingest --file ~/report.pdf --path-part-id 00000000-0000-0000-0003-00000000000a --wait -f id-only
    > POST /v1/documents/ingest | cookie: ks_uat=<token> | path_part_id=00000000-0000-0000-0003-00000000000a name=report.pdf file=@report.pdf (4 bytes)
    > GET /v1/workflows/document_versions/w | cookie: ks_uat=<token>
    > GET /v1/workflows/w | cookie: ks_uat=<token>
    > GET /v1/workflows/w | cookie: ks_uat=<token>
    d
    ! Error: Workflow w ended as failed: No text
    exit 1"
  `);
});
