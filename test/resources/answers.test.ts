// What rows make of answers: other columns, ids in lists, changes in place of creations, errors in a success, questions.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { TENANT } from '../backend/server.ts';
import { createHome, type Home } from '../kscli.ts';
import { A, B, PAGE } from './line.ts';

const TENANT_NAME = { [`GET /v1/tenants/${A}`]: { json: { name: 'Acme' } } };
const TERMINAL = { isTerminal: true, env: { NO_COLOR: '1' } };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('the contents of a folder say what each is', async () => {
  const route = `GET /v1/folders/${A}/contents?${PAGE}`;
  const items = [{ id: B, path_part_id: B, name: 'a.pdf', part_type: 'DOCUMENT' }];
  expect(
    await home.kscli(`folders list --folder-id ${A} --show-content`, { [route]: { json: { items, total: 1 } } }),
  ).toMatchInlineSnapshot(`
    "$ kscli folders list --folder-id 00000000-0000-0000-0003-00000000000a --show-content
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?limit=20&offset=0 | cookie: ks_uat=<token>
    ┌──────────────────────────────────────┬──────────────────────────────────────┬───────────┬───────┬─────────────────────┬───────────────────┬────────────┐
    │ ID                                   │ PATH_PART_ID                         │ PART_TYPE │ NAME  │ PARENT_PATH_PART_ID │ MATERIALIZED_PATH │ CREATED_AT │
    ├──────────────────────────────────────┼──────────────────────────────────────┼───────────┼───────┼─────────────────────┼───────────────────┼────────────┤
    │ 00000000-0000-0000-0003-00000000000b │ 00000000-0000-0000-0003-00000000000b │ DOCUMENT  │ a.pdf │ -                   │ -                 │ -          │
    └──────────────────────────────────────┴──────────────────────────────────────┴───────────┴───────┴─────────────────────┴───────────────────┴────────────┘

    Total: 1
    exit 0"
  `);
});

test('a column may lead into an object', async () => {
  const items = [
    { id: 'm1', role: 'USER', content: { text: 'How much?' } },
    { id: 'm2', role: 'ASSISTANT', content: null },
  ];
  const stubs = { [`GET /v1/threads/${A}/messages?${PAGE}`]: { json: { items, total: 2 } } };
  expect(await home.kscli(`thread-messages list --thread-id ${A}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli thread-messages list --thread-id 00000000-0000-0000-0003-00000000000a
    > GET /v1/threads/00000000-0000-0000-0003-00000000000a/messages?limit=20&offset=0 | cookie: ks_uat=<token>
    ┌────┬───────────┬──────────────┬────────────┐
    │ ID │ ROLE      │ CONTENT.TEXT │ CREATED_AT │
    ├────┼───────────┼──────────────┼────────────┤
    │ m1 │ USER      │ How much?    │ -          │
    │ m2 │ ASSISTANT │ -            │ -          │
    └────┴───────────┴──────────────┴────────────┘

    Total: 2
    exit 0"
  `);
});

test('id-only prints each id of a group', async () => {
  const groups = [
    { chunk_ids: ['c1', 'c2'], path_part_ids: ['p1'], tag_ids: [] },
    { chunk_ids: [], path_part_ids: ['p2'], tag_ids: ['t'] },
    { chunk_ids: ['c3'], path_part_ids: ['p3'], tag_ids: ['t'] },
  ];
  const stubs = { [`GET /v1/path-parts/${A}/subtree_chunks`]: { json: { groups } } };
  expect(await home.kscli(`path-parts subtree-chunks ${A} -f id-only`, stubs)).toMatchInlineSnapshot(`
    "$ kscli path-parts subtree-chunks 00000000-0000-0000-0003-00000000000a -f id-only
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000a/subtree_chunks | cookie: ks_uat=<token>
    c1
    c2
    c3
    exit 0"
  `);
});

test('the path parts above one are a tree', async () => {
  const ancestors = [
    { path_part_id: 'r', name: 'shared', part_type: 'FOLDER', parent_path_id: null },
    { path_part_id: A, name: 'reports', part_type: 'FOLDER', parent_path_id: 'r' },
  ];
  const stubs = { [`GET /v1/path-parts/${A}/ancestry`]: { json: { ancestors } } };
  expect(await home.kscli(`path-parts ancestry ${A} -f tree`, stubs)).toMatchInlineSnapshot(`
    "$ kscli path-parts ancestry 00000000-0000-0000-0003-00000000000a -f tree
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000a/ancestry | cookie: ks_uat=<token>
    └── shared
        └── reports
    exit 0"
  `);
});

test.each([
  [{ status: 201, json: { id: A } }, `\n${A}\nexit 0`, 'id-only'],
  [{ status: 200 }, `\nChanged the feedback on CHUNK ${B}\nexit 0`, 'table'],
  [{ status: 200, json: { id: A } }, `\nChanged the feedback on CHUNK ${B}\nexit 0`, 'table'],
  [{ status: 200, json: { id: A } }, `\n{\n  "id": "${A}"\n}\nexit 0`, 'json'],
  [{ status: 200 }, `\n{\n  "target_id": "${B}",\n  "done": true\n}\nexit 0`, 'json'],
])('feedback that is new is shown, and one that was there is said to be changed: %j', async (answer, end, format) => {
  const line = `feedback create --target-type CHUNK --target-id ${B} --rating UP -f ${format}`;
  expect(await home.kscli(line, { 'POST /v1/feedback': answer })).toEndWith(end);
});

test.each([
  [[], 'exit 0'],
  [['x'], 'exit 1'],
])('a directory that was copied with errors is no success: %j', async (errors, end) => {
  const stubs = { [`POST /v1/auth/sso/${A}/directory_sync`]: { json: { users_created: 1, warnings: ['w'], errors } } };
  expect(await home.kscli(`tenants directory-sync ${A} --allow-lasting -f json`, stubs)).toEndWith(end);
});

test('what a search dropped is named', async () => {
  const line = `chunks search -q x --filters '{"model":"m","updated_at":1,"chunk_type":["TEXT","TABLE"]}' -f json`;
  expect(await home.kscli(line, { 'POST /v1/chunks/search': { json: [] } })).toMatchInlineSnapshot(`
    "$ kscli chunks search -q x --filters '{"model":"m","updated_at":1,"chunk_type":["TEXT","TABLE"]}' -f json
    > POST /v1/chunks/search | cookie: ks_uat=<token> | {"chunk_types":["TEXT","TABLE"],"query":"x","top_k":10}
    []
    ! Warning: The server knows no 'model' and no 'updated_at': what is found may be more than was asked for.
    exit 0"
  `);
});

test.each([
  [
    `sections dissolve ${A}`,
    { [`GET /v1/sections/${A}`]: { json: { name: 'Intro' } } },
    `Dissolve section Intro (${A})`,
  ],
  [`users deactivate ${A}`, {}, `Deactivate, and take out of all groups for good, user ${A}`],
  [`users remove ${A} --tenant-id ${B}`, {}, `Remove user ${A} from tenant ${B}`],
  [`tenants delete-logo ${A}`, TENANT_NAME, `Delete logo of tenant Acme (${A})`],
  [`tenants delete-logo ${A} --logo-type favicon`, TENANT_NAME, `Delete favicon of tenant Acme (${A})`],
  [`tenant-groups remove-member ${A} --user-id ${B}`, {}, `Remove user ${B} from tenant group ${A}`],
  [`api-keys delete ${A}`, { [`GET /v1/api-keys/${A}`]: { json: { name: 'ci' } } }, `Delete API key ci (${A})`],
  [
    `document-versions clear-contents ${A}`,
    { [`GET /v1/document_versions/${A}`]: { json: { materialized_path: '/a/b/v1' } } },
    'Clear the contents of document version /a/b/v1',
  ],
])('%s asks at a terminal', async (line, stubs, question) => {
  const transcript = await home.kscli(line, stubs, { ...TERMINAL, stdin: 'n\n' });
  expect(transcript).toContain(`\n! ${question} of tenant `);
  expect(transcript).toEndWith('Refused: Nothing was changed\nexit 1');
});

test.each([
  [`users activate ${A}`, `POST /v1/tenants/${TENANT}/users/${A}/activate`],
  ['workflows cancel w', 'DELETE /v1/workflows/w'],
  [`tenant-groups add-member ${A} --user-id ${B}`, `POST /v1/tenant-groups/${A}/members`],
])('%s does not ask', async (line, route) => {
  expect(await home.kscli(line, { [route]: { json: {} } }, TERMINAL)).toEndWith('exit 0');
});
