// One line a row: what is typed, and the request that it becomes.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { loadResources } from '../../src/resources/index.ts';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const B = '00000000-0000-0000-0003-00000000000b';
const C = '00000000-0000-0000-0003-00000000000c';
const PAGE = 'limit=20&offset=0';

type Row = readonly [line: string, route: string, body?: unknown];

const ROWS: readonly Row[] = [
  ['folders list', `GET /v1/folders?${PAGE}`],
  [`folders list -p ${A} -l 5 -o 10`, `GET /v1/folders?parent_path_part_id=${A}&limit=5&offset=10`],
  ['folders list --sort-order NAME --with-tags', `GET /v1/folders?sort_order=NAME&with_tags=true&${PAGE}`],
  [`folders list --folder-id ${A} --show-content`, `GET /v1/folders/${A}/contents?${PAGE}`],
  [
    `folders list --folder-id ${A} --show-content --max-depth 3 --sort-order LOGICAL --with-tags`,
    `GET /v1/folders/${A}/contents?max_depth=3&sort_order=LOGICAL&with_tags=true&${PAGE}`,
  ],
  [`folders describe ${A}`, `GET /v1/folders/${A}`],
  [`folders describe ${A.replaceAll('-', '').toUpperCase()}`, `GET /v1/folders/${A}`],
  [`folders delete ${A}`, `DELETE /v1/folders/${A}`],
  [`folders create -n Reports -p ${A}`, 'POST /v1/folders', { name: 'Reports', parent_path_part_id: A }],
  [`folders create --name -f --parent-path-part-id ${A}`, 'POST /v1/folders', { name: '-f', parent_path_part_id: A }],
  [`folders update ${A} --name Old`, `PATCH /v1/folders/${A}`, { name: 'Old' }],
  [`folders update ${A} --parent-path-part-id ${B}`, `PATCH /v1/folders/${A}`, { parent_path_part_id: B }],
  ['documents list', `GET /v1/documents?${PAGE}`],
  [`documents list --parent-path-part-id ${A}`, `GET /v1/documents?parent_path_part_id=${A}&${PAGE}`],
  [`documents describe ${A}`, `GET /v1/documents/${A}`],
  [`documents delete ${A}`, `DELETE /v1/documents/${A}`],
  [
    `documents create --name x --parent-path-part-id ${A} --type PDF --origin SOURCE`,
    'POST /v1/documents',
    { name: 'x', parent_path_part_id: A, document_type: 'PDF', document_origin: 'SOURCE' },
  ],
  [`documents update ${A} --active-version-id ${B}`, `PATCH /v1/documents/${A}`, { active_version_id: B }],
  [
    `documents update ${A} --name x --parent-path-part-id ${B}`,
    `PATCH /v1/documents/${A}`,
    { name: 'x', parent_path_part_id: B },
  ],
  [`document-versions list --document-id ${A}`, `GET /v1/document_versions?document_id=${A}&${PAGE}`],
  [`document-versions describe ${A}`, `GET /v1/document_versions/${A}`],
  [`document-versions delete ${A}`, `DELETE /v1/document_versions/${A}`],
  [`document-versions contents ${A}`, `GET /v1/document_versions/${A}/contents`],
  [`document-versions create --document-id ${A}`, `POST /v1/documents/${A}/versions`],
  [
    `document-versions update ${A} --source-s3 s3://b/k`,
    `PATCH /v1/document_versions/${A}/metadata`,
    { source_s3: 's3://b/k' },
  ],
  [`document-versions clear-contents ${A}`, `DELETE /v1/document_versions/${A}/contents`],
  [`sections describe ${A}`, `GET /v1/sections/${A}`],
  [`sections delete ${A}`, `DELETE /v1/sections/${A}`],
  [`sections create --name x --parent-path-id ${A}`, 'POST /v1/sections', { name: 'x', parent_path_id: A }],
  [
    `sections create --name x --parent-path-id ${A} --page-number 3 --prev-sibling-path-id ${B}`,
    'POST /v1/sections',
    { name: 'x', parent_path_id: A, page_number: 3, prev_sibling_path_id: B },
  ],
  [`sections update ${A} --move-to-head`, `PATCH /v1/sections/${A}`, { move_to_head: true }],
  [
    `sections update ${A} --name x --page-number 2 --prev-sibling-path-id ${B}`,
    `PATCH /v1/sections/${A}`,
    { name: 'x', page_number: 2, prev_sibling_path_id: B },
  ],
  [`chunks describe ${A}`, `GET /v1/chunks/${A}`],
  [`chunks delete ${A}`, `DELETE /v1/chunks/${A}`],
  [
    `chunks create --content hi --version-id ${A}`,
    'POST /v1/chunks',
    { parent_path_id: A, content: 'hi', chunk_type: 'TEXT', chunk_metadata: {} },
  ],
  [
    `chunks create --content hi --section-id ${A} --chunk-type TABLE --metadata '{"n":12345678901234567890}'`,
    'POST /v1/chunks',
    { parent_path_id: A, content: 'hi', chunk_type: 'TABLE', chunk_metadata: { n: 'exact' } },
  ],
  [`chunks update ${A} --metadata '{"summary":"s"}'`, `PATCH /v1/chunks/${A}`, { chunk_metadata: { summary: 's' } }],
  [`chunks update-content ${A} --content 'a b'`, `PATCH /v1/chunks/${A}/content`, { content: 'a b' }],
  ['chunks search -q revenue', 'POST /v1/chunks/search', { query: 'revenue', top_k: 10 }],
  [
    `chunks search --query x -l 3 --filters '{"score_threshold":0}'`,
    'POST /v1/chunks/search',
    { query: 'x', top_k: 3, filters: { score_threshold: 0 } },
  ],
  [
    `chunks search -q x --search-type full_text --parent-path-ids ${A} --parent-path-ids ${B} --tag-ids ${C} --chunk-types TEXT --chunk-types IMAGE --score-threshold 0.25 --no-active-version-only`,
    'POST /v1/chunks/search',
    {
      query: 'x',
      top_k: 10,
      search_type: 'full_text',
      parent_path_ids: [A, B],
      tag_ids: [C],
      chunk_types: ['TEXT', 'IMAGE'],
      score_threshold: 0.25,
      active_version_only: false,
    },
  ],
  [
    'chunks search -q x --active-version-only',
    'POST /v1/chunks/search',
    { query: 'x', top_k: 10, active_version_only: true },
  ],
  [`chunks get-bulk --chunk-ids ${A} --chunk-ids ${B}`, `GET /v1/chunks/bulk?chunk_ids=${A}&chunk_ids=${B}`],
  [`chunks version-chunk-ids --document-version-id ${A}`, `GET /v1/chunks/version-chunk-ids?document_version_id=${A}`],
  [`chunk-lineages describe ${A}`, `GET /v1/chunk-lineages/${A}`],
  [
    `chunk-lineages create --parent-chunk-id ${A} --child-chunk-id ${B}`,
    'POST /v1/chunk-lineages',
    { chunk_id: B, parent_chunk_ids: [A] },
  ],
  [
    `chunk-lineages delete --parent-chunk-id ${A} --child-chunk-id ${B}`,
    `DELETE /v1/chunk-lineages?parent_chunk_id=${A}&chunk_id=${B}`,
  ],
  [
    `chunk-lineages delete --parent-chunk-id ${A} --chunk-id ${B}`,
    `DELETE /v1/chunk-lineages?parent_chunk_id=${A}&chunk_id=${B}`,
  ],
  ['tags list', `GET /v1/tags?${PAGE}`],
  [`tags describe ${A}`, `GET /v1/tags/${A}`],
  [`tags delete ${A}`, `DELETE /v1/tags/${A}`],
  ['tags create --name -f', 'POST /v1/tags', { name: '-f' }],
  [
    `tags create --name x --color '#FF8800' --description 'a b'`,
    'POST /v1/tags',
    { name: 'x', color: 'FF8800', description: 'a b' },
  ],
  [`tags update ${A} --color 00ff00`, `PATCH /v1/tags/${A}`, { color: '00ff00' }],
  [`tags attach ${A} --path-part-id ${B}`, `POST /v1/path-parts/${B}/tags`, { tag_ids: [A] }],
  [`tags detach ${A} --path-part-id ${B}`, `DELETE /v1/path-parts/${B}/tags`, { tag_ids: [A] }],
  ['workflows list', `GET /v1/workflows/document_versions?${PAGE}`],
  ['workflows describe a/b?c', 'GET /v1/workflows/document_versions/a%2Fb%3Fc'],
  ['workflows status w-1', 'GET /v1/workflows/w-1'],
  ['workflows cancel w-1', 'DELETE /v1/workflows/w-1'],
  ['workflows rerun w-1', 'POST /v1/workflows/document_versions/w-1'],
  ['tenants list', `GET /v1/tenants?${PAGE}`],
  [`tenants describe ${A}`, `GET /v1/tenants/${A}`],
  [`tenants delete ${A}`, `DELETE /v1/tenants/${A}`],
  ['tenants create --name x', 'POST /v1/tenants', { name: 'x' }],
  [`tenants create --name x --idp-config '{"a":1}'`, 'POST /v1/tenants', { name: 'x', idp_config: { a: 1 } }],
  [`tenants update ${A} --name x`, `PATCH /v1/tenants/${A}`, { name: 'x' }],
  [`tenants update ${A} --idp-config {}`, `PATCH /v1/tenants/${A}`, { idp_config: {} }],
  [`tenants list-users ${A}`, `GET /v1/tenants/${A}/users?${PAGE}`],
  [`users update --default-tenant-id ${A}`, 'PATCH /v1/users', { default_tenant_id: A }],
  ['permissions list', `GET /v1/user-permissions?tenant_id=${TENANT}&user_id=${USER}&${PAGE}`],
  [`permissions list --tenant-id ${A} --user-id ${B}`, `GET /v1/user-permissions?tenant_id=${A}&user_id=${B}&${PAGE}`],
  [
    `permissions create --user-id ${A} --path-part-id ${B} --capability READ_ONLY`,
    'POST /v1/user-permissions',
    { tenant_id: TENANT, user_id: A, path_part_id: B, capability: 'READ_ONLY' },
  ],
  [
    `permissions update ${A} --capability READ_WRITE`,
    `PATCH /v1/user-permissions/${A}?tenant_id=${TENANT}`,
    { capability: 'READ_WRITE' },
  ],
  [`permissions delete ${A} --tenant-id ${B}`, `DELETE /v1/user-permissions/${A}?tenant_id=${B}`],
  ['invites list', `GET /v1/invites?${PAGE}`],
  [
    'invites create --email a@example.com --role USER',
    'POST /v1/invites',
    { tenant_id: TENANT, email: 'a@example.com', role: 'USER' },
  ],
  [`invites delete ${A}`, `DELETE /v1/invites/${A}`],
  [`invites accept ${A}`, `POST /v1/invites/${A}/accept`],
  [`threads list --parent-path-part-id ${A}`, `GET /v1/threads?parent_path_part_id=${A}&${PAGE}`],
  [`threads describe ${A}`, `GET /v1/threads/${A}`],
  [`threads delete ${A}`, `DELETE /v1/threads/${A}`],
  [`threads create --title x`, 'POST /v1/threads', { title: 'x' }],
  [`threads create --title x --parent-path-part-id ${A}`, 'POST /v1/threads', { title: 'x', parent_path_part_id: A }],
  [
    `threads update ${A} --title y --parent-thread-id ${B}`,
    `PATCH /v1/threads/${A}`,
    { title: 'y', parent_thread_id: B },
  ],
  [`thread-messages list --thread-id ${A}`, `GET /v1/threads/${A}/messages?${PAGE}`],
  [`thread-messages describe ${B} --thread-id ${A}`, `GET /v1/threads/${A}/messages/${B}`],
  [
    `thread-messages create --thread-id ${A} --content hi --role USER`,
    `POST /v1/threads/${A}/messages`,
    { role: 'USER', content: { text: 'hi' } },
  ],
  ['path-parts list', `GET /v1/path-parts?${PAGE}`],
  [`path-parts list --parent-path-id ${A} -l 100`, `GET /v1/path-parts?parent_path_id=${A}&limit=100&offset=0`],
  [`path-parts describe ${A}`, `GET /v1/path-parts/${A}`],
];

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test.each(ROWS.map(([line, route, body]) => ({ line, route, body })))(
  '$line sends $route',
  async ({ line, route, body }) => {
    const sent = body === undefined ? '' : ` | ${JSON.stringify(body).replace('"exact"', '12345678901234567890')}`;
    const transcript = await home.kscli(`${line} -f json`, { [route]: { json: { items: [], total: 0 } } });
    expect(transcript).toBe(`$ kscli ${line} -f json
> ${route} | cookie: ks_uat=<token>${sent}
{
  "items": [],
  "total": 0
}
exit 0`);
  },
);

test('there is a line for every row', async () => {
  const rows = (await loadResources()).flatMap(({ name, operations }) =>
    Object.keys(operations).map((operation) => `${name} ${operation}`),
  );
  expect(rows.length).toBeGreaterThan(60);
  const untold = rows.filter((row) => !ROWS.some(([line]) => `${line} `.startsWith(`${row} `)));
  expect(untold).toEqual([]);
});

test('a folder is listed by its path part', async () => {
  const folder = { id: A, path_part_id: B };
  const transcript = await home.kscli(`folders list --folder-id ${A}`, {
    [`GET /v1/folders/${A}`]: { json: folder },
    [`GET /v1/folders?parent_path_part_id=${B}&${PAGE}`]: { json: { items: [], total: 0 } },
  });
  expect(transcript).toMatchInlineSnapshot(`
    "$ kscli folders list --folder-id 00000000-0000-0000-0003-00000000000a
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/folders?parent_path_part_id=00000000-0000-0000-0003-00000000000b&limit=20&offset=0 | cookie: ks_uat=<token>
    No results.
    exit 0"
  `);
});
