// kscli path-parts: the nodes of the content tree: folders, documents, and what is in them.

import { choice, flag, idOf, integer } from '../schema/fields.ts';
import { defineResource, get, getEach, list } from '../schema/rows.ts';
import { PATH_ORDERS } from './choices.ts';

export const pathParts = defineResource({
  name: 'path-parts',
  columns: ['path_part_id', 'name', 'part_type', 'parent_path_id', 'created_at'],
  id: 'path_part_id',
  operations: {
    list: list('/v1/path-parts', {
      summary: 'List path parts',
      query: {
        parent_path_id: idOf('path part', 'Parent', {
          flag: 'under',
          aliases: ['parent-path-id'],
          isTopWithout: true,
        }),
        max_depth: integer('Maximum depth', { min: 1, serverDefault: 1 }),
        sort_order: choice('Sort order', PATH_ORDERS, { serverDefault: 'LOGICAL' }),
      },
      tree: { parent: 'parent_path_id' },
    }),
    describe: getEach('/v1/path-parts/{path_part_id}', { summary: 'Show a path part' }),
    ancestry: get('/v1/path-parts/{path_part_id}/ancestry', {
      summary: 'List the path parts from the root down to one',
      itemsKey: 'ancestors',
      tree: { parent: 'parent_path_id' },
    }),
    'subtree-chunks': get('/v1/path-parts/{path_part_id}/subtree_chunks', {
      summary: 'List the ids of all chunks below a path part, grouped by their tags',
      columns: ['chunk_ids', 'path_part_ids', 'tag_ids'],
      id: 'chunk_ids',
      itemsKey: 'groups',
    }),
    'list-tags': get('/v1/path-parts/{path_part_id}/tags', {
      summary: 'List the tags of a path part',
      query: { include_inherited: flag('Include the tags of the path parts above it') },
      columns: ['id', 'name', 'color', 'description', 'created_at'],
      id: 'id',
      itemsKey: 'tags',
    }),
  },
});
