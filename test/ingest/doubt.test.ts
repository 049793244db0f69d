// kscli folders bulk-ingest where the answer to an upload is lost: it looks whether the file is there before it sends it again.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import type { Stub } from '../kscli.ts';
import { createFolder, documentOf, type Folder, INGEST, LIST, list, NOTHING, uploaded } from './folder.ts';

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
  folder.put('a.pdf');
});
afterEach(() => folder.remove());

const coded = (code: string) => Object.assign(new Error('words of the runtime'), { code });
const LOST = coded('ECONNRESET');
const LATE = Object.assign(new Error('words of the runtime'), { name: 'TimeoutError' });

/** Without the first look, which every run takes. */
async function bulk(listed: readonly Stub[], answers: readonly Stub[], flags = ''): Promise<string> {
  const shown = await folder.bulk(`-f id-only ${flags}`, { [LIST]: [NOTHING, ...listed], [INGEST]: answers });
  return shown.replace(`> ${LIST}\n`, '');
}

test('it is there: it was uploaded, and is not sent again', async () => {
  expect(await bulk([list(documentOf('a.pdf', 'a.pdf'))], [LOST])).toMatchInlineSnapshot(`
    "> POST /v1/documents/ingest
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    d-a.pdf
    ! Uploaded 1, skipped 0, failed 0
    exit 0"
  `);
});

test.each(['InvalidHTTPResponse', 'ETIMEDOUT', 'a code of tomorrow'])(
  'so it is where nobody knows whether a connection came about: %s',
  async (code) => {
    expect(await bulk([list(documentOf('a.pdf', 'a.pdf'))], [coded(code)])).toBe(
      `> POST /v1/documents/ingest
> ${LIST}
d-a.pdf
! Uploaded 1, skipped 0, failed 0
exit 0`,
    );
  },
);

test('it is not there: it is sent again', async () => {
  expect(await bulk([NOTHING], [LOST, uploaded('a.pdf')])).toMatchInlineSnapshot(`
    "> POST /v1/documents/ingest
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    d-a.pdf
    ! a.pdf: Lost the connection to api.knowledgestack.ai: it was closed. Trying again
    ! Uploaded 1, skipped 0, failed 0
    exit 0"
  `);
});

test('after three attempts it has failed', async () => {
  expect(await bulk([NOTHING, NOTHING, NOTHING], [LOST, { status: 502 }, { status: 503 }])).toMatchInlineSnapshot(`
    "> POST /v1/documents/ingest
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ! a.pdf: Lost the connection to api.knowledgestack.ai: it was closed. Trying again
    ! a.pdf: Server error: 502. Trying again
    ! Error: a.pdf: Server error: 503
    ! Uploaded 0, skipped 0, failed 1
    exit 1"
  `);
});

test.each([
  ['no answer in time', LATE],
  ['504', { status: 504 }],
  ['an answer that is not JSON', { text: '<html>' }],
])('%s: the server may still be at it, so it is not sent again', async (_what, answer) => {
  const shown = await bulk([NOTHING], [answer]);
  expect(shown.match(/> POST/g)).toHaveLength(1);
  expect(shown).toEndWith('! Uploaded 0, skipped 0, failed 1\nexit 1');
  expect(await bulk([list(documentOf('a.pdf', 'a.pdf'))], [answer])).toContain(
    '\nd-a.pdf\n! Uploaded 1, skipped 0, failed 0\nexit 0',
  );
});

test('429 and a connection that never came about: nothing was done, so nobody needs to look', async () => {
  expect(await bulk([], [{ status: 429 }, coded('ECONNREFUSED'), uploaded('a.pdf')])).toMatchInlineSnapshot(`
    "> POST /v1/documents/ingest
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    d-a.pdf
    ! a.pdf: Server error: 429. Trying again
    ! a.pdf: Could not connect to api.knowledgestack.ai: connection refused. Trying again
    ! Uploaded 1, skipped 0, failed 0
    exit 0"
  `);
});

test.each([400, 401, 403, 413, 422, 500])('%i is an answer: neither a look nor another attempt', async (status) => {
  const renewal = status === 401 ? { 'POST /v1/auth/assume_user': { status: 401 } } : {};
  const shown = await folder.bulk('-f id-only', { [LIST]: NOTHING, [INGEST]: { status }, ...renewal });
  expect(shown.match(/> (GET|POST) \/v1\/documents/g)).toHaveLength(2);
});

test('other contents of its name came meanwhile: nothing is sent over them', async () => {
  expect(await bulk([list(documentOf('a.pdf', 'x', 'another'))], [LOST])).toMatchInlineSnapshot(`
    "> POST /v1/documents/ingest
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ! Error: a.pdf: Conflict: a document of this name with other contents came meanwhile: another
    ! Uploaded 0, skipped 0, failed 1
    exit 1"
  `);
});

test('without a hash it is taken for the file, with a warning', async () => {
  expect(await bulk([list(documentOf('a.pdf', undefined))], [LOST])).toMatchInlineSnapshot(`
    "> POST /v1/documents/ingest
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    d-a.pdf
    ! Warning: a.pdf: the answer was lost. Document d-a.pdf is there, but the server keeps no SHA-256 to prove that it is this file
    ! Uploaded 1, skipped 0, failed 0
    exit 0"
  `);
});

test('where nobody can look, nothing is sent again', async () => {
  expect(await bulk([{ status: 403 }], [LOST])).toMatchInlineSnapshot(`
    "> POST /v1/documents/ingest
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ! Error: a.pdf: Lost the connection to api.knowledgestack.ai: it was closed; Check the base URL (kscli settings show) and your network.; The server may have done it all the same: look before you run it again.
    ! Uploaded 0, skipped 0, failed 1
    exit 1"
  `);
});

test('the session ends at the look: all of it stops', async () => {
  folder.put('b.pdf');
  const stubs = { [LIST]: [NOTHING, { status: 401 }], [INGEST]: LOST, 'POST /v1/auth/assume_user': { status: 401 } };
  expect(await folder.bulk('-f id-only', stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/auth/assume_user
    ! Uploaded 0, skipped 0, failed 0, left 2
    ! Error: Admin API key rejected
    ! The key is the one from the cache in ~/state/.credentials. Check it and the base URL (kscli settings show).
    exit 2"
  `);
});

test('--max-failures stops what was not begun', async () => {
  folder.put('b.pdf', 'c.pdf', 'd.pdf');
  expect(await bulk([], [{ status: 500 }, { status: 413 }], '--max-failures 2')).toMatchInlineSnapshot(`
    "> POST /v1/documents/ingest
    > POST /v1/documents/ingest
    ! Error: a.pdf: Server error: 500
    ! Error: b.pdf: Server error: 413
    ! Uploaded 0, skipped 0, failed 2, left 2
    ! Error: Stopped: 2 files failed, and --max-failures is 2
    exit 1"
  `);
});
