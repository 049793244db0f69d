// kscli folders: what holds documents and other folders.

import { choice, flag, integer, text, uuid } from '../schema/fields.ts';
import { type Ask, defineResource, type Given, get, list, patch, post, remove } from '../schema/operations.ts';

const SORT_ORDERS = ['LOGICAL', 'NAME', 'UPDATED_AT', 'CREATED_AT'] as const;

export const folders = defineResource({
  name: 'folders',
  columns: ['id', 'path_part_id', 'name', 'parent_path_part_id', 'materialized_path', 'created_at'],
  operations: {
    list: list('/v1/folders', {
      summary: 'List folders, or what is in one',
      query: {
        parent_path_part_id: uuid('Only what is under this path part', { short: 'p' }),
        max_depth: integer('Levels to go down', { min: 1, requires: 'show_content' }),
        sort_order: choice('Order of the rows', SORT_ORDERS),
        with_tags: flag('Bring the tags of each row'),
      },
      clientOnly: {
        folder_id: uuid('Only what is under this folder', { conflictsWith: ['parent_path_part_id'] }),
        show_content: flag('Show folders and documents in the folder', { requires: 'folder_id' }),
      },
      prepare: underFolder,
      tree: { parent: 'parent_path_part_id' },
    }),
    describe: get('/v1/folders/{folder_id}', { summary: 'Show a folder' }),
    create: post('/v1/folders', {
      summary: 'Create a folder',
      body: {
        name: text('Name of the folder', { short: 'n', required: true }),
        parent_path_part_id: uuid('Path part to put it under', { short: 'p', required: true }),
      },
    }),
    update: patch('/v1/folders/{folder_id}', {
      summary: 'Rename or move a folder',
      body: {
        name: text('New name', { short: 'n' }),
        parent_path_part_id: uuid('Path part to move it under', { short: 'p' }),
      },
    }),
    delete: remove('/v1/folders/{folder_id}', 'folder'),
  },
});

/** A folder's children hang on its path part, which only the folder itself tells. Its contents have a path of their own. */
async function underFolder(given: Given, ask: Ask): Promise<{ path?: string; query?: Given }> {
  const path = `/v1/folders/${given['folder_id']}`;
  if (given['folder_id'] === undefined) return {};
  if (given['show_content']) return { path: `${path}/contents` };
  return { query: { parent_path_part_id: (await ask(path))['path_part_id'] } };
}
