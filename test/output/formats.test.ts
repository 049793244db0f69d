// The same answers in every format, as a reader sees them.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

const id = (digit: string) => `00000000-0000-0000-0003-00000000000${digit}`;
const at = '2026-02-23T12:00:00Z';
const FORMATS = ['table', 'table -H', 'json', 'jsonl', 'yaml', 'csv', 'tsv', 'id-only', 'tree'];

const FOLDERS = {
  items: [
    {
      id: id('1'),
      path_part_id: id('a'),
      name: 'Reports',
      parent_path_part_id: null,
      materialized_path: '/a',
      created_at: at,
    },
    {
      id: id('2'),
      path_part_id: id('b'),
      name: '2026',
      parent_path_part_id: id('a'),
      materialized_path: '/a/b',
      created_at: at,
    },
    {
      id: id('3'),
      path_part_id: id('c'),
      name: 'Plans',
      parent_path_part_id: null,
      materialized_path: '/c',
      created_at: at,
    },
  ],
  total: 3,
  limit: 20,
  offset: 0,
};

const CONTENTS = {
  items: [
    { part_type: 'SECTION', path_part_id: id('a'), name: 'Intro', parent_path_id: id('0'), depth: 1, created_at: at },
    {
      part_type: 'CHUNK',
      path_part_id: id('b'),
      name: 'c1',
      parent_path_id: id('a'),
      depth: 2,
      content: 'Hello\nworld',
      created_at: at,
    },
    { part_type: 'SECTION', path_part_id: id('c'), name: 'End', parent_path_id: id('0'), depth: 1, created_at: at },
  ],
  total: 3,
};

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test.each(FORMATS)('a list as %s', async (format) => {
  const stubs = { 'GET /v1/folders?limit=20&offset=0': { json: FOLDERS } };
  expect(await home.kscli(`folders list -f ${format}`, stubs)).toMatchSnapshot();
});

test.each(FORMATS)('all pages as %s', async (format) => {
  const [first, ...rest] = FOLDERS.items;
  const stubs = {
    'GET /v1/folders?limit=1&offset=0': { json: { items: [first], total: 3 } },
    'GET /v1/folders?limit=1&offset=1': { json: { items: rest, total: 3 } },
  };
  expect(await home.kscli(`folders list --all -l 1 -f ${format}`, stubs)).toMatchSnapshot();
});

test.each(FORMATS)('a delete as %s', async (format) => {
  const stubs = { [`DELETE /v1/folders/${id('1')}`]: { status: 204 } };
  expect(await home.kscli(`folders delete ${id('1')} -f ${format}`, stubs)).toMatchSnapshot();
});

test.each(['', '--show-content', '--sections-only'])('contents as a tree %s', async (flags) => {
  const stubs = { [`GET /v1/document_versions/${id('9')}/contents`]: { json: CONTENTS } };
  expect(await home.kscli(`document-versions contents ${id('9')} -f tree ${flags}`.trim(), stubs)).toMatchSnapshot();
});
