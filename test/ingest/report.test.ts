// kscli folders bulk-ingest --report and --resume: what is written, what is taken over, and what is refused.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOW } from '../kscli.ts';
import { createFolder, documentOf, type Folder, INGEST, LIST, list, NOTHING, uploaded } from './folder.ts';

let folder: Folder;
let report: string;
beforeEach(() => {
  folder = createFolder();
  report = join(folder.home.directory, 'report.jsonl');
});
afterEach(() => folder.remove());

const readReport = () => readFileSync(report, 'utf8').replaceAll(folder.home.directory, '~');

test('a report has a line on whose it is, one as a file begins to be sent, and one as it ends', async () => {
  folder.put('a.pdf', 'b.pdf', 'c.pdf');
  const stubs = { [LIST]: list(documentOf('c.pdf', 'x')), [INGEST]: [uploaded('a.pdf'), { status: 413 }] };
  expect(await folder.bulk(`--report ${report} -f id-only`, stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    d-a.pdf
    ! Error: b.pdf: Server error: 413
    ! Uploaded 1, skipped 1, failed 1
    ! To go on: kscli folders bulk-ingest ~/docs --under 00000000-0000-0000-0001-000000000001 --parallel 1 --resume ~/report.jsonl
    exit 1"
  `);
  expect(readReport()).toMatchInlineSnapshot(`
    "{"report":"kscli folders bulk-ingest","v":1,"base_url":"https://api.knowledgestack.ai","tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001","directory":"~/docs","path_part_id":"00000000-0000-0000-0001-000000000001","started_at":"2026-02-23T11:00:00.000Z"}
    {"path":"c.pdf","size":5,"modified":"2026-02-23T11:00:00.000Z","sha256":null,"state":"skipped","document_id":null,"document_version_id":null,"workflow_id":null,"attempts":0,"error":null,"at":"2026-02-23T11:00:00.000Z"}
    {"path":"a.pdf","size":5,"modified":"2026-02-23T11:00:00.000Z","sha256":null,"state":"sending","document_id":null,"document_version_id":null,"workflow_id":null,"attempts":1,"error":null,"at":"2026-02-23T11:00:00.000Z"}
    {"path":"a.pdf","size":5,"modified":"2026-02-23T11:00:00.000Z","sha256":"a7949e623819aa32baf4c32d0457e275b4eff130ec61f43cf284ffdef26efcf4","state":"uploaded","document_id":"d-a.pdf","document_version_id":"v1-a.pdf","workflow_id":"w-a.pdf","attempts":1,"error":null,"at":"2026-02-23T11:00:00.000Z"}
    {"path":"b.pdf","size":5,"modified":"2026-02-23T11:00:00.000Z","sha256":null,"state":"sending","document_id":null,"document_version_id":null,"workflow_id":null,"attempts":1,"error":null,"at":"2026-02-23T11:00:00.000Z"}
    {"path":"b.pdf","size":5,"modified":"2026-02-23T11:00:00.000Z","sha256":null,"state":"failed","document_id":null,"document_version_id":null,"workflow_id":null,"attempts":1,"error":"Server error: 413","at":"2026-02-23T11:00:00.000Z"}
    "
  `);
  expect(statSync(report).mode & 0o777).toBe(0o600);
});

test('--resume takes over what is done, sends what is left, and counts each file once', async () => {
  folder.put('a.pdf', 'b.pdf', 'c.pdf');
  await folder.bulk(`--report ${report}`, {
    [LIST]: NOTHING,
    [INGEST]: [uploaded('a.pdf'), { status: 500 }, uploaded('c.pdf')],
  });
  const stubs = {
    [LIST]: list(documentOf('a.pdf', 'a.pdf'), documentOf('c.pdf', 'c.pdf')),
    [INGEST]: uploaded('b.pdf'),
  };
  expect(await folder.bulk(`--resume ${report}`, stubs)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    ┌───────┬──────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE    │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼──────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ uploaded │ d-a.pdf     │ w-a.pdf     │ -     │
    │ b.pdf │ uploaded │ d-b.pdf     │ w-b.pdf     │ -     │
    │ c.pdf │ uploaded │ d-c.pdf     │ w-c.pdf     │ -     │
    └───────┴──────────┴─────────────┴─────────────┴───────┘

    Uploaded 3 (2 of them before), skipped 0, failed 0
    exit 0"
  `);
  expect(await folder.bulk(`--resume ${report} -f id-only`, {})).toMatchInlineSnapshot(`
    "d-a.pdf
    d-b.pdf
    d-c.pdf
    ! Uploaded 3 (3 of them before), skipped 0, failed 0
    exit 0"
  `);
});

test('a file that changed since is told of, and looked at anew', async () => {
  folder.put('a.pdf');
  await folder.bulk(`--report ${report}`, { [LIST]: NOTHING, [INGEST]: uploaded('a.pdf') });
  utimesSync(join(folder.path, 'a.pdf'), NOW / 1000, NOW / 1000 + 1);
  const there = { [LIST]: list(documentOf('a.pdf', 'before')) };
  expect(await folder.bulk(`--resume ${report} -f id-only`, there)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ! Warning: a.pdf: changed since it was uploaded. --if-exists version sends it as a new version
    ! Uploaded 0, skipped 1, failed 0
    exit 0"
  `);
});

test('half a line at the end is dropped with a word, and what it was about is looked for', async () => {
  folder.put('a.pdf', 'b.pdf');
  await folder.bulk(`--report ${report}`, { [LIST]: NOTHING, [INGEST]: [uploaded('a.pdf'), uploaded('b.pdf')] });
  writeFileSync(report, readFileSync(report, 'utf8').slice(0, -40), { mode: 0o600 });
  const there = { [LIST]: list(documentOf('a.pdf', 'a.pdf'), documentOf('b.pdf', 'b.pdf')) };
  expect(await folder.bulk(`--resume ${report} -f id-only`, there)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    d-a.pdf
    d-b.pdf
    ! Warning: ~/report.jsonl ends in half a line, which was dropped: kscli was ended while it wrote it.
    ! Uploaded 2 (1 of them before), skipped 0, failed 0
    exit 0"
  `);
  const lines = readReport().trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line)).map(({ path, state }) => `${path} ${state}`)).toMatchInlineSnapshot(`
    [
      "undefined undefined",
      "a.pdf sending",
      "a.pdf uploaded",
      "b.pdf sending",
      "b.pdf uploaded",
    ]
  `);
});

test('the report of another upload is refused, and each difference named', async () => {
  folder.put('a.pdf');
  await folder.bulk(`--report ${report}`, { [LIST]: NOTHING, [INGEST]: uploaded('a.pdf') });
  const text = readFileSync(report, 'utf8');
  const changed = text
    .replace('api.knowledgestack.ai', 'api.example.com')
    .replace(/"user_id":"[^"]*"/, '"user_id":"u"');
  writeFileSync(report, changed.replace('docs"', 'other"'), { mode: 0o600 });
  expect(await folder.bulk(`--resume ${report}`, {})).toMatchInlineSnapshot(`
    "! Error: Refused: ~/report.jsonl is the report of another upload
    ! Its base URL is https://api.example.com, not https://api.knowledgestack.ai.
    ! Its user is u, not 00000000-0000-0000-0001-000000000001.
    ! Its directory is ~/other, not ~/docs.
    ! Nothing was sent.
    exit 1"
  `);
});

test('the command that goes on holds what was typed, quoted, and no defaults', async () => {
  folder.put('a.pdf');
  const flags = `--report '${report}' --exclude=-x --exclude 'it is*' --if-exists version --wait --page-dpi 100 -f id-only`;
  expect(await folder.bulk(flags, { [LIST]: NOTHING, [INGEST]: { status: 500 } })).toEndWith(
    "--exclude=-x --exclude 'it is*' --if-exists version --parallel 1 --page-dpi 100 --wait --resume ~/report.jsonl\nexit 1",
  );
});

const BAD: readonly [what: string, contents: string | undefined, flag: string][] = [
  ['a missing report', undefined, '--resume'],
  ['something else', '{"path":"a.pdf","state":"uploaded"}\n', '--resume'],
  ['a half line alone', '{"report":"kscli fold', '--resume'],
  ['a report that is there already', '{}\n', '--report'],
];

test.each(BAD)('%s is refused before anything is sent', async (_what, contents, flag) => {
  folder.put('a.pdf');
  if (contents !== undefined) writeFileSync(report, contents, { mode: 0o600 });
  expect((await folder.bulk(`${flag} ${report}`, {})).split('\n').slice(0, -2).join('\n')).toMatchSnapshot();
});

test('a line that is none is named by its number', async () => {
  folder.put('a.pdf');
  await folder.bulk(`--report ${report}`, { [LIST]: NOTHING, [INGEST]: uploaded('a.pdf') });
  writeFileSync(report, `${readFileSync(report, 'utf8')}{"path":\n`, { mode: 0o600 });
  expect(await folder.bulk(`--resume ${report}`, {})).toContain(
    "! Error: --resume: line 4 of '~/report.jsonl' is no line of a report\n",
  );
});

test('a place that others could change is refused', async () => {
  folder.put('a.pdf');
  const open = join(folder.home.directory, 'open');
  mkdirSync(open);
  chmodSync(open, 0o777);
  expect(await folder.bulk(`--report ${open}/r.jsonl`, {})).toContain('/open can be written by other users\n');
  symlinkSync(report, join(folder.home.directory, 'link.jsonl'));
  expect(await folder.bulk(`--report ${folder.home.directory}/link.jsonl`, {})).toContain('cannot be used');
  expect(await folder.bulk(`--report ${folder.home.directory}`, {})).toContain('is not a regular file\n');
});

test('an empty file may become a report, and a dry run adds nothing to one', async () => {
  folder.put('a.pdf', 'b.pdf');
  writeFileSync(report, '', { mode: 0o600 });
  await folder.bulk(`--report ${report}`, { [LIST]: NOTHING, [INGEST]: [uploaded('a.pdf'), { status: 500 }] });
  const before = readReport();
  const there = { [LIST]: list(documentOf('a.pdf', 'a.pdf')) };
  expect(await folder.bulk(`--resume ${report} --dry-run -f id-only`, there)).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    d-a.pdf
    ! Uploaded 1 (1 of them before), skipped 0, failed 0, to upload 1
    exit 0"
  `);
  expect(readReport()).toBe(before);
});
