// kscli chunk-lineages: links between a chunk and the chunks that it was made from.

import { uuid } from '../schema/fields.ts';
import { defineResource, del, type Given, get, post } from '../schema/operations.ts';

export const chunkLineages = defineResource({
  name: 'chunk-lineages',
  columns: ['parent_chunk_id', 'chunk_id', 'created_at'],
  id: 'chunk_id',
  operations: {
    describe: get('/v1/chunk-lineages/{chunk_id}', { summary: 'Show the lineage of a chunk' }),
    create: post('/v1/chunk-lineages', {
      summary: 'Link a chunk to its parent chunk',
      body: {
        parent_chunk_id: uuid('Parent chunk', { required: true }),
        child_chunk_id: uuid('Child chunk', { required: true }),
      },
      toBody: toLineage,
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

function toLineage({ parent_chunk_id, child_chunk_id }: Given): Given {
  return { chunk_id: child_chunk_id, parent_chunk_ids: [parent_chunk_id] };
}
