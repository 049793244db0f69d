// kscli folders: folders for documents and other folders.

import { choice, flag, idOf, integer, text } from '../schema/fields.ts';
import type { Ask, Given, Prepared } from '../schema/operations.ts';
import { defineResource, getEach, list, patch, post, remove } from '../schema/rows.ts';
import { PATH_ORDERS, UNDER } from './choices.ts';

const COLUMNS = ['id', 'path_part_id', 'name', 'parent_path_part_id', 'materialized_path', 'created_at'] as const;

export const folders = defineResource({
  name: 'folders',
  columns: COLUMNS,
  operations: {
    list: list('/v1/folders', {
      summary: 'List folders, or the contents of one',
      query: {
        parent_path_part_id: idOf('path part', 'Parent', { ...UNDER, isTopWithout: true }),
        max_depth: integer('Maximum depth', { min: 1, serverDefault: 1, requires: 'show_content' }),
        sort_order: choice('Sort order', PATH_ORDERS, { serverDefault: 'LOGICAL' }),
        with_tags: flag('Include the tags of each row'),
      },
      clientOnly: {
        folder_id: idOf('folder', 'Parent folder', { conflictsWith: ['parent_path_part_id'] }),
        show_content: flag('List the folders and documents in the folder', { requires: 'folder_id' }),
      },
      prepare: enterFolder,
      tree: { parent: 'parent_path_part_id' },
    }),
    describe: getEach('/v1/folders/{folder_id}', {
      summary: 'Show a folder',
      query: { with_tags: flag('Include its tags') },
    }),
    create: post('/v1/folders', {
      summary: 'Create a folder',
      body: {
        name: text('Folder name', { short: 'n', required: true, min: 1, max: 255 }),
        parent_path_part_id: idOf('path part', 'Parent', { ...UNDER, required: true }),
      },
    }),
    update: patch('/v1/folders/{folder_id}', {
      summary: 'Rename or move a folder',
      body: {
        name: text('New name', { short: 'n', min: 1, max: 255 }),
        parent_path_part_id: idOf('path part', 'New parent', UNDER),
      },
    }),
    delete: remove('/v1/folders/{folder_id}', 'folder', { losesList: '/v1/folders/{folder_id}/contents' }),
    reembed: post('/v1/folders/{folder_id}?action=reembed', {
      summary: 'Embed the contents of a folder anew',
      columns: ['folder_id', 'action', 'workflow_id'],
      id: 'workflow_id',
      waitsFor: 'workflow',
    }),
  },
});

/** The children of a folder are those of its path part, which the folder names. Its contents have a path of their own. */
async function enterFolder(given: Given, ask: Ask): Promise<Prepared> {
  const path = `/v1/folders/${given['folder_id']}`;
  if (given['folder_id'] === undefined) return {};
  if (given['show_content'])
    return { path: `${path}/contents`, columns: [...COLUMNS.slice(0, 2), 'part_type', ...COLUMNS.slice(2)] };
  return { query: { parent_path_part_id: (await ask(path))['path_part_id'] } };
}
