// Answers that are no plain list of rows: without ids, in a circle, cut short, empty, or with what steers a terminal.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

const id = (digit: string) => `00000000-0000-0000-0003-00000000000${digit}`;

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('rows without an id give their own key', async () => {
  const stubs = {
    'GET /v1/workflows/document_versions?limit=20&offset=0': { json: { items: [{ workflow_id: 'w-1' }], total: 1 } },
  };
  expect(await home.kscli('workflows list -f id-only', stubs)).toMatchInlineSnapshot(`
    "$ kscli workflows list -f id-only
    > GET /v1/workflows/document_versions?limit=20&offset=0 | cookie: ks_uat=<token>
    w-1
    exit 0"
  `);
  const chunks = {
    [`GET /v1/chunks/version-chunk-ids?document_version_id=${id('1')}`]: { json: { chunk_ids: ['x', 'y'] } },
  };
  expect(
    await home.kscli(`chunks version-chunk-ids --document-version-id ${id('1')} -f id-only`, chunks),
  ).toMatchInlineSnapshot(`
    "$ kscli chunks version-chunk-ids --document-version-id 00000000-0000-0000-0003-000000000001 -f id-only
    > GET /v1/chunks/version-chunk-ids?document_version_id=00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    x
    y
    exit 0"
  `);
});

const TAGS = 'GET /v1/tags?limit=20&offset=0';
const PARTS = 'GET /v1/path-parts?limit=20&offset=0';

const part = (digit: string, above: string | null, name: string | null) => ({
  path_part_id: id(digit),
  parent_path_id: above && id(above),
  name,
});

test('a tree keeps rows in a circle, and names every row', async () => {
  const items = [part('a', 'b', 'A'), part('b', 'a', 'B'), part('c', 'b', null)];
  expect(
    await home.kscli('path-parts list -f tree', { [PARTS]: { json: { items, total: 9 } } }),
  ).toMatchInlineSnapshot(`
    "$ kscli path-parts list -f tree
    > GET /v1/path-parts?limit=20&offset=0 | cookie: ks_uat=<token>
    ├── A
    └── B
        └── 00000000-0000-0000-0003-00000000000c
    ! 3 of 9. --all shows the rest.
    exit 0"
  `);
});

test('a piped table leaves escape codes and characters without a width as they are', async () => {
  const items = [
    { id: id('1'), name: '\x1b[31mred', description: '\u{e001b}[31m' },
    { id: id('2'), name: 'plain', description: '\x1b]0;title' },
  ];
  expect(await home.kscli('tags list -H', { [TAGS]: { json: { items } } })).toBe(
    [
      '$ kscli tags list -H',
      `> ${TAGS} | cookie: ks_uat=<token>`,
      '┌──────────────────────────────────────┬───────┬───┬──────┬───┐',
      `│ ${id('1')} │ \x1b[31mred   │ - │ \u{e001b}[31m │ - │`,
      `│ ${id('2')} │ plain │ - │ \x1b]0;title     │ - │`,
      '└──────────────────────────────────────┴───────┴───┴──────┴───┘',
      'exit 0',
    ].join('\n'),
  );
});

test('a list that ends before its total says so', async () => {
  const stubs = {
    'GET /v1/tags?limit=100&offset=0': { json: { items: [{ id: id('1') }], total: 9 } },
    'GET /v1/tags?limit=100&offset=1': { json: { items: [], total: 9 } },
  };
  expect(await home.kscli('tags list --all -f id-only', stubs)).toEndWith(
    `\n${id('1')}\n! Warning: The server ends the list at 1 of 9 rows.\nexit 0`,
  );
});

test.each([{}, 5, null, { items: 'x' }])('an answer of %j is no list', async (json) => {
  const all = await home.kscli('tags list --all', { 'GET /v1/tags?limit=100&offset=0': { json } });
  expect(all).toEndWith('! Error: The server answered with something that is no list\nexit 1');
});

test('nothing in place of a row is an error, and so is a folder without a path part', async () => {
  const nothing = await home.kscli(`tags describe ${id('1')}`, { [`GET /v1/tags/${id('1')}`]: { text: '' } });
  expect(nothing).toEndWith('! Error: The server answered 200 without content\nexit 1');
  const folder = { [`GET /v1/folders/${id('1')}`]: { json: { id: id('1') } } };
  expect(await home.kscli(`folders list --folder-id ${id('1')}`, folder)).toMatchInlineSnapshot(`
    "$ kscli folders list --folder-id 00000000-0000-0000-0003-000000000001
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    ! Error: The server named no parent path part id
    exit 1"
  `);
});

const LONG = 'para one\n\n  indented 二零二六年度财务报告😀😀😀\n\n\nend';

test('a pipe shows every line of a cell, also in a table that is drawn in parts', async () => {
  const items = Array.from({ length: 201 }, () => ({ id: id('1'), name: LONG, color: '000000' }));
  const shown = await home.kscli('tags list -H', { [TAGS]: { json: { items, total: 201 } } });
  const names = shown.split('\n').flatMap((line) => /^│.{38}│ (.*?) *│/.exec(line)?.[1] ?? []);
  expect(names).toEqual(items.flatMap(({ name }) => name.split('\n')));
});

test.each([
  ['1e-7', '1.0e-7'],
  ['1e+21', '1.0e+21'],
  ['1e5', '1.0e+5'],
  ['-2.5e-300', '-2.5e-300'],
  ['100', '100'],
])('%s in yaml is a number for every parser: %s', async (json, yaml) => {
  const stubs = { [`GET /v1/tags/${id('1')}`]: { text: `{"score": ${json}}` } };
  expect(await home.kscli(`tags describe ${id('1')} -f yaml`, stubs)).toEndWith(`\nscore: ${yaml}\nexit 0`);
});

test.each([
  [`document-versions clear-contents ${id('1')}`, `DELETE /v1/document_versions/${id('1')}/contents`, { deleted: 7 }],
])('%s -f id-only names what was typed where the answer names nothing', async (line, route, json) => {
  expect(await home.kscli(`${line} -f id-only`, { [route]: { json } })).toEndWith(`\n${id('1')}\nexit 0`);
});

test('an object without fields is a table without rows', async () => {
  const stubs = { [`GET /v1/tags/${id('1')}`]: { json: {} } };
  expect(await home.kscli(`tags describe ${id('1')}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-000000000001
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    ┌─────────────┬───────┐
    │ Key         │ Value │
    ├─────────────┼───────┤
    └─────────────┴───────┘
    exit 0"
  `);
  expect(await home.kscli(`tags describe ${id('1')} -f yaml`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-000000000001 -f yaml
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    {}
    exit 0"
  `);
});
