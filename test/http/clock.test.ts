// Somebody sets the system's clock while kscli waits: every limit holds as if nobody had.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { tryLock } from '../../src/files/lock.ts';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, type Stubs, token } from '../kscli.ts';

/** Milliseconds at every turn. Forward by less than a token lasts. */
const STEPS = [0, -3_600_000, 60_000];

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

/** The transcript, which is the same whatever the clock does. */
async function runOnAnyClock(line: string, stubs: Stubs, credentials = credentialsFields()): Promise<string> {
  const transcripts = new Set<string>();
  for (const clockStep of STEPS) {
    home.keep(credentials);
    transcripts.add(await home.kscli(line, stubs, { clockStep }));
  }
  expect([...transcripts]).toHaveLength(1);
  return [...transcripts].join('');
}

test('a request is tried again as often, within the same limit', async () => {
  const busy = { status: 503, headers: { 'retry-after': '4' } };
  const transcript = await runOnAnyClock('api /v1/tags --timeout 10', { 'GET /v1/tags': [busy, busy, busy] });
  expect(transcript).toMatchInlineSnapshot(`
    "$ kscli api /v1/tags --timeout 10
    > GET /v1/tags | cookie: ks_uat=<token>
    > GET /v1/tags | cookie: ks_uat=<token>
    > GET /v1/tags | cookie: ks_uat=<token>
    ! 503, trying again in 4 s
    ! 503, trying again in 4 s
    ! Error: Server error: 503
    exit 1"
  `);
  expect(await runOnAnyClock('api /v1/tags --timeout 7', { 'GET /v1/tags': [busy, busy] })).toMatchInlineSnapshot(`
    "$ kscli api /v1/tags --timeout 7
    > GET /v1/tags | cookie: ks_uat=<token>
    > GET /v1/tags | cookie: ks_uat=<token>
    ! 503, trying again in 4 s
    ! Error: Server error: 503
    exit 1"
  `);
});

test('the wait for a workflow ends when its time is over', async () => {
  const file = `${home.directory}/a.txt`;
  writeFileSync(file, 'contents');
  const transcript = await runOnAnyClock(
    `documents ingest --file ${file} --path-part-id ${USER} --wait --wait-timeout 5 -f id-only`,
    {
      'POST /v1/documents/ingest': { json: { document_id: 'd', workflow_id: 'w' } },
      'GET /v1/workflows/document_versions/w': [1, 2, 3, 4].map(() => ({ json: { status: 'processing' } })),
    },
  );
  expect(transcript).toMatchInlineSnapshot(`
    "$ kscli documents ingest --file ~/a.txt --path-part-id 00000000-0000-0000-0001-000000000001 --wait --wait-timeout 5 -f id-only
    > POST /v1/documents/ingest | cookie: ks_uat=<token> | path_part_id=00000000-0000-0000-0001-000000000001 name=a.txt file=@a.txt (8 bytes)
    > GET /v1/workflows/document_versions/w | cookie: ks_uat=<token>
    > GET /v1/workflows/document_versions/w | cookie: ks_uat=<token>
    > GET /v1/workflows/document_versions/w | cookie: ks_uat=<token>
    > GET /v1/workflows/document_versions/w | cookie: ks_uat=<token>
    d
    ! Error: Workflow w is still processing after 5 seconds
    exit 1"
  `);
});

test('the wait for another process that renews the token ends with the time limit of a request', async () => {
  const expired = credentialsFields({ expires_at: '2020-01-01T00:00:00+00:00' });
  home.keep(expired);
  const held = await tryLock(`${home.credentials}.refresh-lock`, process.geteuid?.());
  if (typeof held !== 'object') throw new Error('the lock cannot be had');
  const stubs = {
    'POST /v1/auth/assume_user': { json: { token: token() } },
    'GET /v1/users/me': { json: { id: USER } },
  };
  expect(await runOnAnyClock('whoami -f id-only --timeout 1', stubs, expired)).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only --timeout 1
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    exit 0"
  `);
  held.release();
});
