// A test of the tests: each typo in a row is told. Those that the compiler tells stand in typos.types.ts.

import { expect, test } from 'bun:test';
import { chunkLineages } from '../../src/resources/chunk-lineages.ts';
import { chunks } from '../../src/resources/chunks.ts';
import { documents } from '../../src/resources/documents.ts';
import { folders } from '../../src/resources/folders.ts';
import { sections } from '../../src/resources/sections.ts';
import { tags } from '../../src/resources/tags.ts';
import { tenants } from '../../src/resources/tenants.ts';
import { threadMessages } from '../../src/resources/thread-messages.ts';
import { workflows } from '../../src/resources/workflows.ts';
import { choice, color, flag, integer, text, uuid } from '../../src/schema/fields.ts';
import { complainOf, type Typo } from './complain.ts';

const PARENT = { parent_path_part_id: uuid('Parent path part') } as const;
const ROLE = choice('Role', ['USER', 'ASSISTANT', 'SYSTEM'], { required: true });
const NAME = { name: text('Tag name', { required: true, min: 1, max: 100 }) } as const;

const TYPOS: Readonly<Record<string, Typo>> = {
  'a column': [
    tenants,
    'list-users',
    { columns: ['user_id', 'emial'] },
    'tenants list-users: the column emial is not in the answer',
  ],
  'an id': [tenants, 'list-users', { id: 'userid' }, 'tenants list-users: the id userid is not in the answer'],
  'the key of a tree': [
    folders,
    'list',
    { tree: { parent: 'parent_path_id' } },
    "folders list: the tree's parent_path_id is not in the answer",
  ],
  'a placeholder of a sentence': [
    tags,
    'attach',
    { successMessage: 'Attached tag {tagid}' },
    'tags attach: {tagid} in a sentence is no required field',
  ],
  'a method': [tags, 'create', { method: 'PATCH' }, 'tags create: PATCH /v1/tags is not described'],
  'a path': [tags, 'list', { path: '/v1/tag' }, 'tags list: GET /v1/tag is not described'],
  'the list of what is lost': [
    folders,
    'delete',
    { losesList: '/v1/folders/{folder_id}/content' },
    'folders delete: GET /v1/folders/{folder_id}/content is no list of pages',
  ],
  'a placeholder of a path': [
    tags,
    'describe',
    { path: '/v1/tags/{tagid}' },
    'tags describe: GET /v1/tags/{tagid} is not described',
  ],
  'the key of a path flag': [
    threadMessages,
    'describe',
    { pathFlags: { threadid: uuid('Thread', { required: true }) } },
    'thread-messages describe: threadid is never sent',
    'thread-messages describe: threadid is not in the path',
  ],
  'the kind of a placeholder': [
    workflows,
    'describe',
    { args: {} },
    'workflows describe: workflow_id is of the kind text, not uuid',
  ],
  'the name of a query': [
    documents,
    'list',
    { query: { parent_path_id: PARENT.parent_path_part_id } },
    'documents list: parent_path_id is not described in the query',
  ],
  'the key of a body': [
    tags,
    'create',
    { body: { ...NAME, colour: color('Color') } },
    'tags create: colour is not described in the body',
  ],
  'the key of a list of one': [
    chunkLineages,
    'create',
    {
      body: {
        parents: uuid('Parent chunk', { required: true, isWrapped: true }),
        chunk_id: uuid('Child chunk', { required: true }),
      },
    },
    'chunk-lineages create: parents is not described in the body',
    'chunk-lineages create: parent_chunk_ids is required, but not here',
  ],
  'a key within a body': [
    threadMessages,
    'create',
    { body: { 'content.txt': text('Message text', { required: true }), role: ROLE } },
    'thread-messages create: txt is not described in content',
  ],
  'a key of the answer on the way': [
    folders,
    'list',
    {
      query: PARENT,
      prepare: async (_given, ask) => ({
        query: { parent_path_part_id: (await ask('/v1/folders/{folder_id}'))['path_id'] },
      }),
    },
    'folders list: parent_path_part_id is asked for, but not in the answer',
    'folders list: parent_path_part_id is never sent',
  ],
  'a value': [
    folders,
    'list',
    {
      query: {
        sort_order: choice('Sort order', ['LOGICAL', 'NAMES', 'UPDATED_AT', 'CREATED_AT'], {
          serverDefault: 'LOGICAL',
        }),
      },
      clientOnly: {},
    },
    'folders list: sort_order lacks NAME',
    'folders list: sort_order has NAMES too many',
  ],
  'a bound': [
    chunks,
    'search',
    {
      body: {
        query: text('Search text', { required: true, min: 1 }),
        top_k: integer('Maximum results', { min: 1, max: 500, default: 10 }),
      },
    },
    'chunks search: the bounds of top_k are 1..50, not 1..500',
  ],
  'a kind': [
    sections,
    'create',
    {
      body: {
        name: text('Section name', { required: true, min: 1, max: 255 }),
        parent_path_id: text('Parent path part', { required: true }),
      },
    },
    'sections create: parent_path_id is of the kind uuid, not text',
  ],
  'a required mark that is missing': [
    tags,
    'create',
    { body: { name: text('Tag name', { min: 1, max: 100 }) } },
    'tags create: name is required, but not here',
  ],
  'the key of the rows': [tags, 'attach', { itemsKey: 'tag' }, 'tags attach: the rows of the answer are not under tag'],
  'pages of a list that has none': [
    chunks,
    'get-bulk',
    { clientOnly: { all: flag('All rows') } },
    'chunks get-bulk: has --all, but no pages',
  ],
  'a field that another requires': [
    folders,
    'update',
    { body: { ...PARENT, name: text('New name', { requires: 'parent-path-part-id' }) } },
    'folders update: name is never sent',
    'folders update: name names parent-path-part-id, which is no other flag',
  ],
  'one of several that are needed': [
    chunks,
    'create',
    { oneOf: ['version_id', 'section'] },
    'chunks create: oneOf names section, which is no other flag',
  ],
  'a flag that is there already': [
    documents,
    'list',
    { query: { ...PARENT, path_part_id: uuid('Path part', { flag: 'parent-path-part-id' }) } },
    'documents list: path_part_id is not described in the query',
    'documents list: parent-path-part-id is there twice',
  ],
  'a verb of a summary': [tags, 'list', { summary: 'Tags' }, "tags list: 'Tags' does not begin with one of the verbs"],
  'a safe row that loses something': [
    tags,
    'delete',
    { isSafe: true },
    'tags delete: isSafe is for POST; DELETE says it by itself',
    'tags delete: is safe, but asks first',
  ],
};

test.each(Object.entries(TYPOS))('%s is told', async (_title, typo) => {
  const [, , , ...told] = typo;
  expect(await complainOf(typo)).toEqual(told);
});
