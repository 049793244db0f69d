// Finding, looking and changing by name, on the compiled binary against the stand-in backend.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Row } from '../backend/store.ts';
import { createSite, type Site } from '../binary.ts';

let site: Site;
beforeAll(async () => {
  site = createSite();
  await site.signIn();
  const { store } = site.backend.resources;
  const folder = (name: string, above?: Row) =>
    store.create('folders', { name, part_type: 'FOLDER', parent_path_part_id: above?.['path_part_id'] ?? null });
  const document = (name: string, above: Row) =>
    store.create('documents', { name, part_type: 'DOCUMENT', parent_path_part_id: above['path_part_id'] });
  const year = folder('2026', folder('reports', folder('shared')));
  const quarter = document('q1.pdf', folder('finance', year));
  document('twin', year);
  folder('twin', year);
  const version = store.create('document_versions', {
    document_id: quarter['id'],
    name: 'v1',
    part_type: 'DOCUMENT_VERSION',
    parent_path_id: quarter['path_part_id'],
  });
  store.change(quarter, { active_version_id: version['id'] });
  store.create('sections', { name: 'Intro', part_type: 'SECTION', parent_path_id: version['path_part_id'] });
});
afterAll(() => site.remove());

/** Without what proves who is asking. */
async function tell(line: string): Promise<string> {
  return (await site.kscli(line)).replaceAll(/ \| cookie: ks_uat=<token 1>/g, '');
}

test('find is one request', async () => {
  expect(await tell('find Q1 -f id-only')).toMatchInlineSnapshot(`
    "$ kscli find Q1 -f id-only
    > GET /v1/folders/search?name_like=Q1&limit=20&offset=0
    00000000-0000-4000-8000-000000000013
    exit 0"
  `);
});

test('a path of five levels is one request before the one that is meant', async () => {
  const id = '/shared/reports/2026/finance/q1.pdf';
  expect(await tell(`documents describe ${id} -f id-only`)).toMatchInlineSnapshot(`
    "$ kscli documents describe /shared/reports/2026/finance/q1.pdf -f id-only
    > GET /v1/folders/search?name_like=q1.pdf&limit=100&offset=0
    > GET /v1/documents/00000000-0000-4000-8000-000000000013
    00000000-0000-4000-8000-000000000013
    exit 0"
  `);
  expect(await tell(`documents contents ${id} -f tree`)).toMatchInlineSnapshot(`
    "$ kscli documents contents /shared/reports/2026/finance/q1.pdf -f tree
    > GET /v1/folders/search?name_like=q1.pdf&limit=100&offset=0
    > GET /v1/documents/00000000-0000-4000-8000-000000000013
    > GET /v1/document_versions/00000000-0000-4000-8000-000000000019/contents
    └── Intro
    exit 0"
  `);
});

test('the tree is drawn from the top, and from a folder on', async () => {
  expect(await tell('tree')).toMatchInlineSnapshot(`
    "$ kscli tree
    > GET /v1/folders?limit=100&offset=0
    > GET /v1/documents?limit=100&offset=0
    > GET /v1/folders/00000000-0000-4000-8000-000000000001/contents?max_depth=2&limit=100&offset=0
    > GET /v1/folders/00000000-0000-4000-8000-000000000003/contents?max_depth=2&limit=100&offset=0
    > GET /v1/folders/00000000-0000-4000-8000-00000000000b/contents?max_depth=2&limit=100&offset=0
    ├── Contracts/
    ├── Reports/
    └── shared/
        └── reports/
            └── 2026/
    ! Folders on level 3 are not opened. --depth 4 shows more.
    exit 0"
  `);
  expect(await tell('tree /shared/reports --depth 4')).toMatchInlineSnapshot(`
    "$ kscli tree /shared/reports --depth 4
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0
    > GET /v1/folders/00000000-0000-4000-8000-00000000000d/contents?max_depth=4&limit=100&offset=0
    └── 2026/
        ├── finance/
        │   └── q1.pdf
        ├── twin/
        └── twin
    exit 0"
  `);
});

test('what has no one meaning is refused with the ids, and a folder and a document are told apart', async () => {
  expect(await tell('path-parts describe /shared/reports/2026/twin')).toMatchInlineSnapshot(`
    "$ kscli path-parts describe /shared/reports/2026/twin
    > GET /v1/folders/search?name_like=twin&limit=100&offset=0
    ! Error: Refused: /shared/reports/2026/twin could mean 2 things. Nothing was changed
    ! A folder: id 00000000-0000-4000-8000-000000000017, path part 00000000-0000-4000-8100-000000000018
    ! A document: id 00000000-0000-4000-8000-000000000015, path part 00000000-0000-4000-8100-000000000016
    ! Give the id of the one that is meant.
    exit 1"
  `);
  expect(await tell('documents delete /shared/reports/2026/twin')).toMatchInlineSnapshot(`
    "$ kscli documents delete /shared/reports/2026/twin
    > GET /v1/folders/search?name_like=twin&limit=100&offset=0
    > DELETE /v1/documents/00000000-0000-4000-8000-000000000015
    Deleted document 00000000-0000-4000-8000-000000000015
    exit 0"
  `);
  expect(await tell('documents delete /shared/reports/2026/twin')).toMatchInlineSnapshot(`
    "$ kscli documents delete /shared/reports/2026/twin
    > GET /v1/folders/search?name_like=twin&limit=100&offset=0
    ! Error: Not found: /shared/reports/2026/twin is a folder, and no document
    exit 3"
  `);
});

test('documents of all folders, with their paths', async () => {
  expect(await tell('documents list --recursive --under /shared')).toMatchInlineSnapshot(`
    "$ kscli documents list --recursive --under /shared
    > GET /v1/folders?limit=100&offset=0
    > GET /v1/documents?limit=100&offset=0
    > GET /v1/path-parts/00000000-0000-4000-8100-00000000000c
    > GET /v1/folders/00000000-0000-4000-8000-00000000000b/contents?max_depth=1000&limit=100&offset=0
    ┌──────────────────────────────────────┬────────┬─────────────────────────────────────┬───────────────┬──────────────────────────┐
    │ ID                                   │ NAME   │ MATERIALIZED_PATH                   │ DOCUMENT_TYPE │ UPDATED_AT               │
    ├──────────────────────────────────────┼────────┼─────────────────────────────────────┼───────────────┼──────────────────────────┤
    │ 00000000-0000-4000-8000-000000000013 │ q1.pdf │ /shared/reports/2026/finance/q1.pdf │ -             │ 2026-01-01T00:00:27.000Z │
    └──────────────────────────────────────┴────────┴─────────────────────────────────────┴───────────────┴──────────────────────────┘

    Total: 1
    exit 0"
  `);
});

test('at a terminal the question has path and id, and a no keeps the folder', async () => {
  const { shown, exit } = await site.runInTerminal('folders delete /shared/reports', 'n\n', { NO_COLOR: '1' }, 200);
  const [question] = shown.replaceAll(site.backend.url.slice('http://'.length), '<host>').split('\r\n');
  expect(question).toBe(
    'Delete folder /shared/reports (00000000-0000-4000-8000-00000000000d, 1 item) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at <host>? [y/N] n',
  );
  expect(exit).toBe(1);
  expect(await tell('find reports -f id-only')).toContain('\n00000000-0000-4000-8000-00000000000d\nexit 0');
});
