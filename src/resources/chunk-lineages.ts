// kscli chunk-lineages: links between a chunk and the chunks that it was made from.

import { integer, uuid } from '../schema/fields.ts';
import { defineResource, del, get, post } from '../schema/rows.ts';

export const chunkLineages = defineResource({
  name: 'chunk-lineages',
  columns: ['parent_chunk_id', 'chunk_id', 'created_at'],
  id: 'chunk_id',
  operations: {
    describe: get('/v1/chunk-lineages/{chunk_id}', {
      summary: 'Show the lineage of a chunk',
      query: { max_depth: integer('Maximum depth', { min: 1, max: 10, serverDefault: 3 }) },
      columns: ['parent_chunk_id', 'chunk_id'],
      itemsKey: 'edges',
    }),
    create: post('/v1/chunk-lineages', {
      summary: 'Link a chunk to its parent chunk',
      body: {
        parent_chunk_ids: uuid('Parent chunk', { flag: 'parent-chunk-id', required: true, isWrapped: true }),
        chunk_id: uuid('Child chunk', { flag: 'child-chunk-id', required: true }),
      },
    }),
    delete: del('/v1/chunk-lineages', {
      summary: 'Delete the link of a chunk to its parent chunk',
      query: {
        parent_chunk_id: uuid('Parent chunk', { required: true }),
        chunk_id: uuid('Child chunk', { required: true, flag: 'child-chunk-id', aliases: ['chunk-id'] }),
      },
      confirmation: 'Delete lineage of chunk {chunk_id} from {parent_chunk_id}',
      successMessage: 'Deleted lineage of chunk {chunk_id} from {parent_chunk_id}',
    }),
  },
});
