// kscli folders bulk-ingest: links, other kinds of files and odd names, and what is said of each.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { USER } from '../backend/server.ts';
import { createFolder, type Folder, INGEST, LIST, NOTHING } from './folder.ts';

const UPLOADED = { json: { document_id: 'd', workflow_id: 'w' } };

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

test('a link to a file is the file; one to a directory is left out, and a broken one fails', async () => {
  folder.put('a.pdf');
  symlinkSync(join(folder.path, 'a.pdf'), join(folder.path, 'b.pdf'));
  symlinkSync(folder.path, join(folder.path, 'circle'));
  symlinkSync('/nowhere', join(folder.path, 'gone.pdf'));
  expect(await folder.bulk('', { [LIST]: NOTHING, [INGEST]: [UPLOADED, UPLOADED] })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    ┌──────────┬──────────┬─────────────┬─────────────┬──────────────────────────────────────────────┐
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

test('a link that leads out of the directory is not followed, unless it is named', async () => {
  // A neighbour whose name begins like the directory's.
  const neighbour = `${folder.path}-2`;
  mkdirSync(neighbour);
  writeFileSync(join(neighbour, 'private.pdf'), 'a');
  folder.put('a.pdf');
  symlinkSync(join(neighbour, 'private.pdf'), join(folder.path, 'link.pdf'));
  symlinkSync('link.pdf', join(folder.path, 'chain.pdf'));
  symlinkSync(join('..', basename(folder.path), 'a.pdf'), join(folder.path, 'round.pdf'));
  expect(await folder.bulk('-f csv', { [LIST]: NOTHING, [INGEST]: [UPLOADED, UPLOADED] })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    > POST /v1/documents/ingest
    path,state,document_id,workflow_id,error
    a.pdf,uploaded,d,w,
    chain.pdf,failed,,,"a link out of the directory, which is not followed. A list for --files-from can name it"
    link.pdf,failed,,,"a link out of the directory, which is not followed. A list for --files-from can name it"
    round.pdf,uploaded,d,w,
    ! Error: chain.pdf: a link out of the directory, which is not followed. A list for --files-from can name it
    ! Error: link.pdf: a link out of the directory, which is not followed. A list for --files-from can name it
    ! Uploaded 2, skipped 0, failed 2
    exit 1"
  `);
  writeFileSync(join(neighbour, 'list'), 'link.pdf\n');
  const named = `--files-from ${join(neighbour, 'list')} -f csv`;
  expect(await folder.bulk(named, { [LIST]: NOTHING, [INGEST]: UPLOADED })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    path,state,document_id,workflow_id,error
    link.pdf,uploaded,d,w,
    ! Uploaded 1, skipped 0, failed 0
    exit 0"
  `);
});

test('odd links stop nobody', async () => {
  folder.put('a.pdf');
  for (const name of ['loop', 'loop.pdf']) symlinkSync(name, join(folder.path, name));
  symlinkSync('a.pdf/b', join(folder.path, 'through-a-file'));
  symlinkSync('x'.repeat(300), join(folder.path, 'long'));
  expect(await folder.bulk('-f id-only', { [LIST]: NOTHING, [INGEST]: UPLOADED })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    > POST /v1/documents/ingest
    d
    ! Error: loop.pdf: The file cannot be read: a chain of links without an end
    ! Uploaded 1, skipped 0, failed 1
    exit 1"
  `);
});

test('files of other kinds are counted, in every format', async () => {
  folder.put('a.pdf', 'b.XLSX', 'c.xlsx', 'notes.md', 'README', '.hidden', 'below/d.xlsx');
  symlinkSync('nowhere', join(folder.path, 'broken'));
  expect(await folder.bulk('--dry-run', { [LIST]: NOTHING })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ┌───────┬─────────┬─────────────┬─────────────┬───────┐
    │ PATH  │ STATE   │ DOCUMENT_ID │ WORKFLOW_ID │ ERROR │
    ├───────┼─────────┼─────────────┼─────────────┼───────┤
    │ a.pdf │ planned │ -           │ -           │ -     │
    └───────┴─────────┴─────────────┴─────────────┴───────┘

    Uploaded 0, skipped 0, failed 0, to upload 1, left out 6 files: 3 .xlsx, 2 without extension, 1 .md
    exit 0"
  `);
  expect(await folder.bulk('--dry-run -f id-only', { [LIST]: NOTHING })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    ! Uploaded 0, skipped 0, failed 0, to upload 1, left out 6 files: 3 .xlsx, 2 without extension, 1 .md
    exit 0"
  `);
  expect(await folder.bulk('--dry-run -f yaml', { [LIST]: NOTHING })).toMatchInlineSnapshot(`
    "> GET /v1/documents?parent_path_part_id=00000000-0000-0000-0001-000000000001&limit=100&offset=0
    items:
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
  folder.put('a.xlsx', 'b.md');
  expect(await folder.home.kscli(`folders bulk-ingest ${folder.path} --path-part-id ${USER}`)).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest ~/docs --path-part-id 00000000-0000-0000-0001-000000000001
    No results.

    Uploaded 0, skipped 0, failed 0, left out 2 files: 1 .md, 1 .xlsx
    ! Warning: Nothing to upload: ~/docs holds no file that ends in .pdf, .docx.
    ! For the files that are there: --extensions .xlsx,.md
    exit 0"
  `);
});

test('an empty directory has a summary', async () => {
  const line = `folders bulk-ingest ${folder.path} --path-part-id ${USER}`;
  expect(await folder.home.kscli(`${line} -f table`)).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest ~/docs --path-part-id 00000000-0000-0000-0001-000000000001 -f table
    No results.

    Uploaded 0, skipped 0, failed 0
    ! Warning: Nothing to upload: ~/docs holds no file that ends in .pdf, .docx.
    exit 0"
  `);
  expect(await folder.home.kscli(`${line} -f tree`)).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest ~/docs --path-part-id 00000000-0000-0000-0001-000000000001 -f tree
    No results.
    ! Warning: Nothing to upload: ~/docs holds no file that ends in .pdf, .docx.
    ! Uploaded 0, skipped 0, failed 0
    exit 0"
  `);
});

test('a directory is taken and named as it is typed', async () => {
  const line = `folders bulk-ingest ${relative('.', folder.path)} --path-part-id ${USER}`;
  const shown = await folder.home.kscli(line);
  expect(shown.replaceAll(/(\.\.\/)+\S*\/docs\b/g, '<as typed>')).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest <as typed> --path-part-id 00000000-0000-0000-0001-000000000001
    No results.

    Uploaded 0, skipped 0, failed 0
    ! Warning: Nothing to upload: <as typed> holds no file that ends in .pdf, .docx.
    exit 0"
  `);
  expect(
    await folder.home.kscli(`folders bulk-ingest ${folder.path}/no --path-part-id ${USER}`),
  ).toMatchInlineSnapshot(`
    "$ kscli folders bulk-ingest ~/docs/no --path-part-id 00000000-0000-0000-0001-000000000001
    ! Error: ~/docs/no cannot be listed: no such directory
    ! Usage: kscli folders bulk-ingest <directory> (--under <path|id> | --folder-id <path|id>) [options]
    exit 64"
  `);
});
