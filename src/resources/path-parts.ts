// kscli path-parts: the nodes of the content tree: folders, documents, and what is in them.

import { uuid } from '../schema/fields.ts';
import { defineResource, get, list } from '../schema/operations.ts';

export const pathParts = defineResource({
  name: 'path-parts',
  columns: ['path_part_id', 'name', 'part_type', 'parent_path_id', 'created_at'],
  id: 'path_part_id',
  operations: {
    list: list('/v1/path-parts', {
      summary: 'List path parts',
      query: { parent_path_id: uuid('Parent path part') },
      tree: { parent: 'parent_path_id' },
    }),
    describe: get('/v1/path-parts/{path_part_id}', { summary: 'Show a path part' }),
  },
});
