// kscli folders bulk-ingest: what becomes of each file.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createHome, type Home, type Stubs, token } from '../kscli.ts';

const INGEST = 'POST /v1/documents/ingest';
const NOTHING = { json: { items: [], total: 0 } };
const UPLOADED = { json: { document_id: 'd', workflow_id: 'w' } };

let home: Home;
let docs: string;
beforeEach(() => {
  home = createHome();
  home.keep();
  docs = join(home.directory, 'docs');
  mkdirSync(docs);
});
afterEach(() => home.remove());

function put(...names: string[]): void {
  for (const name of names) writeFileSync(join(docs, name), name);
}

/** Without the requests, whose bodies are streams. */
async function bulk(stubs: Stubs, flags = ''): Promise<string> {
  const line = `folders bulk-ingest ${docs} --path-part-id ${USER} --parallel 1 ${flags}`;
  const listed = { [`GET /v1/documents?parent_path_part_id=${USER}&limit=100&offset=0`]: NOTHING };
  const transcript = await home.kscli(line, { ...listed, ...stubs });
  return transcript
    .split('\n')
    .filter((text) => !/^[>$]/.test(text))
    .join('\n');
}

test('a link to a file is the file; one to a directory is left out, and a broken one fails', async () => {
  put('a.pdf');
  symlinkSync(join(docs, 'a.pdf'), join(docs, 'b.pdf'));
  symlinkSync(docs, join(docs, 'circle'));
  symlinkSync('/nowhere', join(docs, 'gone.pdf'));
  expect(await bulk({ [INGEST]: [UPLOADED, UPLOADED] })).toMatchInlineSnapshot(`
    "┌──────────┬──────────┬─────────────┬─────────────┬──────────────────────────────────────────────┐
    │ PATH     │ STATE    │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR                                        │
    ├──────────┼──────────┼─────────────┼─────────────┼──────────────────────────────────────────────┤
    │ a.pdf    │ uploaded │ d           │ w           │ -                                            │
    │ b.pdf    │ uploaded │ d           │ w           │ -                                            │
    │ circle   │ skipped  │ -           │ -           │ a link to a directory, which is not followed │
    │ gone.pdf │ failed   │ -           │ -           │ The file cannot be read (ENOENT)             │
    └──────────┴──────────┴─────────────┴─────────────┴──────────────────────────────────────────────┘

    Uploaded 2, skipped 1, failed 1
    ! Warning: circle: a link to a directory, which is not followed
    ! Error: gone.pdf: The file cannot be read (ENOENT)
    exit 1"
  `);
});

test('odd links stop nobody', async () => {
  put('a.pdf');
  for (const name of ['loop', 'loop.pdf']) symlinkSync(name, join(docs, name));
  symlinkSync('a.pdf/b', join(docs, 'through-a-file'));
  symlinkSync('x'.repeat(300), join(docs, 'long'));
  expect(await bulk({ [INGEST]: UPLOADED }, '-f id-only')).toMatchInlineSnapshot(`
    "d
    ! Error: loop.pdf: The file cannot be read (ELOOP)
    ! Uploaded 1, skipped 0, failed 1
    exit 1"
  `);
});

test('what the server refuses is told for each file, field by field', async () => {
  put('a.pdf', 'b.pdf');
  const refusal = { status: 422, json: { detail: [{ loc: ['body', 'file'], msg: 'is empty' }] } };
  expect(await bulk({ [INGEST]: [refusal, UPLOADED] })).toMatchInlineSnapshot(`
    "┌───────┬──────────┬─────────────┬─────────────┬──────────────────────────────────┐
    │ PATH  │ STATE    │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR                            │
    ├───────┼──────────┼─────────────┼─────────────┼──────────────────────────────────┤
    │ a.pdf │ failed   │ -           │ -           │ Validation error; file: is empty │
    │ b.pdf │ uploaded │ d           │ w           │ -                                │
    └───────┴──────────┴─────────────┴─────────────┴──────────────────────────────────┘

    Uploaded 1, skipped 0, failed 1
    ! Error: a.pdf: Validation error; file: is empty
    exit 1"
  `);
});

test('a session that ends stops all of it with 2, and says what is left', async () => {
  put('a.pdf', 'b.pdf', 'c.pdf');
  const stubs = {
    [INGEST]: [UPLOADED, { status: 401 }],
    'POST /v1/auth/assume_user': { status: 401 },
  };
  expect(await bulk(stubs)).toMatchInlineSnapshot(`
    "┌───────┬──────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE    │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼──────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ uploaded │ d           │ w           │ -     │
    │ b.pdf │ planned  │ -           │ -           │ -     │
    │ c.pdf │ planned  │ -           │ -           │ -     │
    └───────┴──────────┴─────────────┴─────────────┴───────┘

    Uploaded 1, skipped 0, failed 0, to upload 2
    ! Error: Admin API key rejected
    ! The key is the one from the cache in ~/state/.credentials. Check it and the base URL (kscli settings show).
    exit 2"
  `);
});

test('so does one that ends while waiting', async () => {
  put('a.pdf', 'b.pdf');
  const stubs = {
    [INGEST]: UPLOADED,
    'GET /v1/workflows/w': { status: 401 },
    'POST /v1/auth/assume_user': { status: 401 },
  };
  const transcript = await bulk(stubs, '--wait');
  expect(transcript).toContain('Uploaded 0, skipped 0, failed 0, unfinished 1, to upload 1\n');
  expect(transcript).toEndWith('exit 2');
});

test('what the server says of a workflow is in one line and without secrets', async () => {
  put('a.pdf');
  const error = `cached-key ${token()}\nError: more`;
  const stubs = { [INGEST]: UPLOADED, 'GET /v1/workflows/w': { json: { status: 'failed', error } } };
  const transcript = await bulk(stubs, '--wait -f jsonl');
  expect(transcript).toContain('"error":"Workflow w ended as failed: [redacted] [redacted] Error: more"}\n');
});

test('where only reading is allowed, nothing is tried twice', async () => {
  put('a.pdf', 'b.pdf');
  const transcript = await bulk({}, '--read-only');
  expect(transcript.match(/Refused/g)).toHaveLength(1);
  expect(transcript).toContain('to upload 2');
  expect(transcript).toEndWith('exit 1');
});

test('an upload whose workflow fails is unfinished', async () => {
  put('a.pdf');
  const stubs = { [INGEST]: UPLOADED, 'GET /v1/workflows/w': { json: { status: 'failed', error: 'No text' } } };
  expect(await bulk(stubs, '--wait -f json')).toMatchInlineSnapshot(`
    "{
      "items": [
        {
          "path": "a.pdf",
          "state": "unfinished",
          "document_id": "d",
          "workflow_id": "w",
          "error": "Workflow w ended as failed: No text"
        }
      ],
      "total": 1,
      "uploaded": 0,
      "unfinished": 1,
      "skipped": 0,
      "failed": 0,
      "planned": 0
    }
    ! Error: a.pdf: Workflow w ended as failed: No text
    exit 1"
  `);
});

test('a line break in a name does not begin a line', async () => {
  put('x\nError: y.pdf');
  expect(await bulk({ [INGEST]: { status: 500 } })).toContain('! Error: x Error: y.pdf: Server error: 500\n');
});

test('a directory is taken as it is typed', async () => {
  expect(await home.kscli(`folders bulk-ingest . --path-part-id ${USER} --dry-run --extensions .nothing`)).toEndWith(
    'exit 0',
  );
  expect(await home.kscli(`folders bulk-ingest ${docs}/no --path-part-id ${USER}`)).toContain(
    '! Error: ~/docs/no cannot be listed (ENOENT)',
  );
});

test('an upload is shown though its workflow fails or takes longer than one waits', async () => {
  put('a.pdf');
  const line = `documents ingest --file ${docs}/a.pdf --path-part-id ${USER} -f id-only --wait --wait-timeout 3`;
  const status = (text: string) => ({ json: { status: text } });
  const failed = await home.kscli(line, { [INGEST]: UPLOADED, 'GET /v1/workflows/w': status('FAILED') });
  expect(failed).toEndWith('\nd\n! Error: Workflow w ended as FAILED\nexit 1');
  const running = [status('RUNNING'), status('RUNNING'), status('RUNNING')];
  const late = await home.kscli(line, { [INGEST]: UPLOADED, 'GET /v1/workflows/w': running });
  expect(late).toEndWith('\nd\n! Error: Workflow w is still RUNNING after 3 seconds\nexit 1');
});

test.each([
  ['table', 'No results.\n\nUploaded 0, skipped 0, failed 0\nexit 0'],
  ['tree', '! Uploaded 0, skipped 0, failed 0\nexit 0'],
])('an empty directory has a summary: %s', async (format, expected) => {
  expect(await home.kscli(`folders bulk-ingest ${docs} --path-part-id ${USER} -f ${format}`)).toEndWith(expected);
});

test('a tree names each file and what became of it', async () => {
  put('a.pdf', 'b.pdf');
  expect(await bulk({ [INGEST]: [UPLOADED, { status: 500 }] }, '-f tree')).toStartWith(
    '├── a.pdf: uploaded\n└── b.pdf: failed\n',
  );
});
