// kscli folders: folders for documents and other folders.

import { choice, flag, integer, text, uuid } from '../schema/fields.ts';
import { type Ask, defineResource, type Given, get, list, patch, post, remove } from '../schema/operations.ts';

const SORT_ORDERS = ['LOGICAL', 'NAME', 'UPDATED_AT', 'CREATED_AT'] as const;

export const folders = defineResource({
  name: 'folders',
  columns: ['id', 'path_part_id', 'name', 'parent_path_part_id', 'materialized_path', 'created_at'],
  operations: {
    list: list('/v1/folders', {
      summary: 'List folders, or the contents of one',
      query: {
        parent_path_part_id: uuid('Parent path part', { short: 'p' }),
        max_depth: integer('Maximum depth', { min: 1, requires: 'show_content' }),
        sort_order: choice('Sort order', SORT_ORDERS),
        with_tags: flag('Include the tags of each row'),
      },
      clientOnly: {
        folder_id: uuid('Parent folder', { conflictsWith: ['parent_path_part_id'] }),
        show_content: flag('List the folders and documents in the folder', { requires: 'folder_id' }),
      },
      prepare: enterFolder,
      tree: { parent: 'parent_path_part_id' },
    }),
    describe: get('/v1/folders/{folder_id}', { summary: 'Show a folder' }),
    create: post('/v1/folders', {
      summary: 'Create a folder',
      body: {
        name: text('Folder name', { short: 'n', required: true }),
        parent_path_part_id: uuid('Parent path part', { short: 'p', required: true }),
      },
    }),
    update: patch('/v1/folders/{folder_id}', {
      summary: 'Rename or move a folder',
      body: {
        name: text('New name', { short: 'n' }),
        parent_path_part_id: uuid('New parent path part', { short: 'p' }),
      },
    }),
    delete: remove('/v1/folders/{folder_id}', 'folder', { losesList: '/v1/folders/{folder_id}/contents' }),
  },
});

/** The children of a folder are those of its path part, which the folder names. Its contents have a path of their own. */
async function enterFolder(given: Given, ask: Ask): Promise<{ path?: string; query?: Given }> {
  const path = `/v1/folders/${given['folder_id']}`;
  if (given['folder_id'] === undefined) return {};
  if (given['show_content']) return { path: `${path}/contents` };
  return { query: { parent_path_part_id: (await ask(path))['path_part_id'] } };
}
