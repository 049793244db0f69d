// kscli folders bulk-ingest: what becomes of each file.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createHome, type Home, NOW, type Stubs, token } from '../kscli.ts';

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
  for (const name of names) {
    writeFileSync(join(docs, name), name);
    utimesSync(join(docs, name), NOW / 1000, NOW / 1000);
  }
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
    │ gone.pdf │ failed   │ -           │ -           │ The file cannot be read: no such file        │
    └──────────┴──────────┴─────────────┴─────────────┴──────────────────────────────────────────────┘

    Uploaded 2, skipped 1, failed 1
    ! Warning: circle: a link to a directory, which is not followed
    ! Error: gone.pdf: The file cannot be read: no such file
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
    ! Error: loop.pdf: The file cannot be read: a chain of links without an end
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

    Uploaded 1, skipped 0, failed 0, left 2
    ! Error: Admin API key rejected
    ! The key is the one from the cache in ~/state/.credentials. Check it and the base URL (kscli settings show).
    exit 2"
  `);
});

test('so does one that ends while waiting', async () => {
  put('a.pdf', 'b.pdf');
  const stubs = {
    [INGEST]: [UPLOADED, UPLOADED],
    'GET /v1/workflows/document_versions/w': { status: 401 },
    'POST /v1/auth/assume_user': { status: 401 },
  };
  const transcript = await bulk(stubs, '--wait');
  expect(transcript).toContain('Uploaded 2 (2 of them unfinished), skipped 0, failed 0\n');
  expect(transcript).toEndWith('exit 2');
});

/** Only the requests of the uploads and of the wait, without what they carry. */
async function listRequests(stubs: Stubs, flags: string): Promise<string[]> {
  const listed = { [`GET /v1/documents?parent_path_part_id=${USER}&limit=100&offset=0`]: NOTHING };
  const line = `folders bulk-ingest ${docs} --path-part-id ${USER} --parallel 1 --wait ${flags}`;
  const transcript = await home.kscli(line, { ...listed, ...stubs });
  return [...transcript.matchAll(/^> (?:POST \/v1\/documents\/|GET \/v1\/workflows\/document_versions\/)(\w+)/gm)].map(
    ([, name]) => `${name}`,
  );
}

const uploads = (...names: string[]) => ({
  [INGEST]: names.map((name) => ({ json: { document_id: name.toUpperCase(), workflow_id: name } })),
});
const states = (...texts: string[]) => texts.map((status) => ({ json: { status } }));

test('all is uploaded first, then one loop looks at the workflows that have not ended', async () => {
  put('a.pdf', 'b.pdf', 'c.pdf');
  const stubs = {
    ...uploads('a', 'b', 'c'),
    'GET /v1/workflows/document_versions/a': states('PROCESSING', 'PROCESSING', 'COMPLETED'),
    'GET /v1/workflows/document_versions/b': states('COMPLETED'),
    'GET /v1/workflows/document_versions/c': states('PROCESSING', 'COMPLETED'),
  };
  expect((await listRequests(stubs, '')).join(' ')).toBe('ingest ingest ingest a b c a c a');
});

test('--wait-timeout counts for all of them together, and what is uploaded counts as uploaded', async () => {
  put('a.pdf', 'b.pdf');
  const stubs = {
    ...uploads('a', 'b'),
    'GET /v1/workflows/document_versions/a': states('PROCESSING', 'PROCESSING', 'PROCESSING'),
    'GET /v1/workflows/document_versions/b': [...states('PROCESSING'), { status: 502 }, ...states('PROCESSING')],
  };
  expect(await bulk(stubs, '--wait --wait-timeout 3 --timeout 0.1 -f json')).toMatchInlineSnapshot(`
    "{
      "items": [
        {
          "path": "a.pdf",
          "state": "unfinished",
          "document_id": "A",
          "workflow_id": "a",
          "error": "Workflow a is still PROCESSING after 3 seconds",
          "document_version_id": null,
          "size": 5,
          "modified": "2026-02-23T11:00:00.000Z",
          "sha256": "a7949e623819aa32baf4c32d0457e275b4eff130ec61f43cf284ffdef26efcf4",
          "attempts": 1
        },
        {
          "path": "b.pdf",
          "state": "unfinished",
          "document_id": "B",
          "workflow_id": "b",
          "error": "Workflow b is still PROCESSING after 3 seconds",
          "document_version_id": null,
          "size": 5,
          "modified": "2026-02-23T11:00:00.000Z",
          "sha256": "9a3f96912c5f85bc082ca0bbeb28e72f588f4517c173982ccdc57a0e18a42663",
          "attempts": 1
        }
      ],
      "total": 2,
      "uploaded": 2,
      "unfinished": 2,
      "skipped": 0,
      "failed": 0,
      "planned": 0,
      "left_out": 0,
      "versioned": 0,
      "excluded": 0
    }
    ! a.pdf: document A, workflow a
    ! b.pdf: document B, workflow b
    ! Error: a.pdf: Workflow a is still PROCESSING after 3 seconds
    ! Error: b.pdf: Workflow b is still PROCESSING after 3 seconds
    exit 1"
  `);
});

test('a server that cannot be asked for a while is asked again', async () => {
  put('a.pdf');
  const lost = [500, 500].map((status) => ({ status }));
  const stubs = { ...uploads('a'), 'GET /v1/workflows/document_versions/a': [...lost, ...states('COMPLETED')] };
  expect((await listRequests(stubs, '')).join(' ')).toBe('ingest a a a');
  const late = { ...uploads('a'), 'GET /v1/workflows/document_versions/a': lost };
  expect(await bulk(late, '--wait --wait-timeout 1 -f id-only')).toMatchInlineSnapshot(`
    "A
    ! a.pdf: document A, workflow a
    ! Error: a.pdf: Workflow a is still running after 1 seconds; The last look failed: Server error: 500
    ! Uploaded 1 (1 of them unfinished), skipped 0, failed 0
    exit 1"
  `);
});

test('files of other kinds are counted, in every format', async () => {
  put('a.pdf', 'b.XLSX', 'c.xlsx', 'notes.md', 'README', '.hidden');
  mkdirSync(join(docs, 'below'));
  put('below/d.xlsx');
  symlinkSync('nowhere', join(docs, 'broken'));
  expect(await bulk({}, '--dry-run')).toMatchInlineSnapshot(`
    "┌───────┬─────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE   │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼─────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ planned │ -           │ -           │ -     │
    └───────┴─────────┴─────────────┴─────────────┴───────┘

    Uploaded 0, skipped 0, failed 0, to upload 1, left out 6 files: 3 .xlsx, 2 without extension, 1 .md
    exit 0"
  `);
  expect(await bulk({}, '--dry-run -f id-only')).toMatchInlineSnapshot(`
    "! Uploaded 0, skipped 0, failed 0, to upload 1, left out 6 files: 3 .xlsx, 2 without extension, 1 .md
    exit 0"
  `);
  expect(await bulk({}, '--dry-run -f yaml')).toMatchInlineSnapshot(`
    "items:
    - path: a.pdf
      state: planned
      document_id: null
      workflow_id: null
      error: null
      document_version_id: null
      size: 5
      modified: "2026-02-23T11:00:00.000Z"
      sha256: null
      attempts: 0
    total: 1
    uploaded: 0
    unfinished: 0
    skipped: 0
    failed: 0
    planned: 1
    left_out: 6
    versioned: 0
    excluded: 0
    ! Left out 6 files: 3 .xlsx, 2 without extension, 1 .md
    exit 0"
  `);
});

test('a directory of nothing but other kinds is no success without a word', async () => {
  put('a.xlsx', 'b.md');
  expect(await home.kscli(`folders bulk-ingest ${docs} --path-part-id ${USER}`)).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest ~/docs --path-part-id 00000000-0000-0000-0001-000000000001
    No results.

    Uploaded 0, skipped 0, failed 0, left out 2 files: 1 .md, 1 .xlsx
    ! Warning: Nothing to upload: ~/docs holds no file that ends in .pdf, .docx.
    ! For the files that are there: --extensions .xlsx,.md
    exit 0"
  `);
});

test('a name cannot begin a line of the summary', async () => {
  put('a.pdf', 'b.x\nError: y');
  expect(await bulk({}, '--dry-run -f table')).toContain(
    '\nUploaded 0, skipped 0, failed 0, to upload 1, left out 1 file: 1 .x error: y\n',
  );
});

test('messages stand above the line that is written over and over', async () => {
  put('a.pdf', 'b.pdf');
  const stubs = {
    [INGEST]: [{ status: 500 }, UPLOADED],
    'GET /v1/workflows/document_versions/w': states('PROCESSING', 'COMPLETED'),
    [`GET /v1/documents?parent_path_part_id=${USER}&limit=100&offset=0`]: NOTHING,
  };
  const line = `folders bulk-ingest ${docs} --path-part-id ${USER} --parallel 1 --wait --wait-timeout 30 -f id-only`;
  const transcript = await home.kscli(line, stubs, { isTerminal: true, width: 40 });
  const stderr = transcript.split('\n').filter((text) => text.startsWith('!'));
  expect(stderr.map((text) => JSON.stringify(text)).join('\n')).toMatchInlineSnapshot(`
    ""! \\r\\u001b[K0/2 files  0/10 B\\r\\u001b[K\\u001b[31mError:\\u001b[0m a.pdf: Server error: 500"
    "! 0/2 files  0/10 B\\r\\u001b[Kb.pdf: document d, workflow w"
    "! 0/2 files  0/10 B\\r\\u001b[K\\r\\u001b[K0/1 workflows finished  30 s left\\r\\u001b[K0/1 workflows finished  28 s left\\r\\u001b[KUploaded 1, skipped 0, failed 1""
  `);
});

test('what the server says of a workflow is in one line and without secrets', async () => {
  put('a.pdf');
  const error = `cached-key ${token()}\nError: more`;
  const stubs = { [INGEST]: UPLOADED, 'GET /v1/workflows/document_versions/w': { json: { status: 'failed', error } } };
  const transcript = await bulk(stubs, '--wait -f jsonl');
  expect(transcript).toContain(
    '"error":"Workflow w ended as failed: [redacted] [redacted] Error: more","document_version_id":null,',
  );
});

test('where only reading is allowed, nothing is tried twice', async () => {
  put('a.pdf', 'b.pdf');
  const transcript = await bulk({}, '--read-only');
  expect(transcript.match(/Refused/g)).toHaveLength(1);
  expect(transcript).toContain('left 2');
  expect(transcript).toEndWith('exit 1');
});

test('an upload whose workflow fails is unfinished', async () => {
  put('a.pdf');
  const stubs = {
    [INGEST]: UPLOADED,
    'GET /v1/workflows/document_versions/w': { json: { status: 'failed', error: 'No text' } },
  };
  expect(await bulk(stubs, '--wait -f json')).toMatchInlineSnapshot(`
    "{
      "items": [
        {
          "path": "a.pdf",
          "state": "unfinished",
          "document_id": "d",
          "workflow_id": "w",
          "error": "Workflow w ended as failed: No text",
          "document_version_id": null,
          "size": 5,
          "modified": "2026-02-23T11:00:00.000Z",
          "sha256": "a7949e623819aa32baf4c32d0457e275b4eff130ec61f43cf284ffdef26efcf4",
          "attempts": 1
        }
      ],
      "total": 1,
      "uploaded": 1,
      "unfinished": 1,
      "skipped": 0,
      "failed": 0,
      "planned": 0,
      "left_out": 0,
      "versioned": 0,
      "excluded": 0
    }
    ! a.pdf: document d, workflow w
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
    '! Error: ~/docs/no cannot be listed: no such directory',
  );
});

test('an upload is shown though its workflow fails or takes longer than one waits', async () => {
  put('a.pdf');
  const line = `documents ingest --file ${docs}/a.pdf --path-part-id ${USER} -f id-only --wait --wait-timeout 3`;
  const status = (text: string) => ({ json: { status: text } });
  const failed = await home.kscli(line, {
    [INGEST]: UPLOADED,
    'GET /v1/workflows/document_versions/w': status('FAILED'),
  });
  expect(failed).toEndWith('\nd\n! Error: Workflow w ended as FAILED\nexit 1');
  const running = [status('RUNNING'), status('RUNNING'), status('RUNNING')];
  const late = await home.kscli(line, { [INGEST]: UPLOADED, 'GET /v1/workflows/document_versions/w': running });
  expect(late).toEndWith('\nd\n! Error: Workflow w is still RUNNING after 3 seconds\nexit 1');
});

test.each([
  ['table', 'No results.\n\nUploaded 0, skipped 0, failed 0\n! WARNING\nexit 0'],
  ['tree', '! WARNING\n! Uploaded 0, skipped 0, failed 0\nexit 0'],
])('an empty directory has a summary: %s', async (format, shown) => {
  const expected = shown.replace(
    'WARNING',
    'Warning: Nothing to upload: ~/docs holds no file that ends in .pdf, .docx.',
  );
  expect(await home.kscli(`folders bulk-ingest ${docs} --path-part-id ${USER} -f ${format}`)).toEndWith(expected);
});

test('a tree names each file and what became of it', async () => {
  put('a.pdf', 'b.pdf');
  expect(await bulk({ [INGEST]: [UPLOADED, { status: 500 }] }, '-f tree')).toStartWith(
    '├── a.pdf: uploaded\n└── b.pdf: failed\n',
  );
});
