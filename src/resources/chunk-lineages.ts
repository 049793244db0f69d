// kscli chunk-lineages: which chunk was made of which.

import { uuid } from '../schema/fields.ts';
import { defineResource, del, type Given, get, post } from '../schema/operations.ts';

export const chunkLineages = defineResource({
  name: 'chunk-lineages',
  columns: ['parent_chunk_id', 'chunk_id', 'created_at'],
  id: 'chunk_id',
  operations: {
    describe: get('/v1/chunk-lineages/{chunk_id}', { summary: 'Show what a chunk was made of, and what of it' }),
    create: post('/v1/chunk-lineages', {
      summary: 'Say that a chunk was made of another',
      body: {
        parent_chunk_id: uuid('Chunk that it was made of', { required: true }),
        child_chunk_id: uuid('Chunk that was made of it', { required: true }),
      },
      toBody: childOfParents,
    }),
    delete: del('/v1/chunk-lineages', {
      summary: 'Delete the link between two chunks',
      query: {
        parent_chunk_id: uuid('Chunk that it was made of', { required: true }),
        chunk_id: uuid('Chunk that was made of it', { required: true }),
      },
      confirmation: 'Delete lineage of chunk {chunk_id} from {parent_chunk_id}',
      successMessage: 'Deleted lineage of chunk {chunk_id} from {parent_chunk_id}',
    }),
  },
});

function childOfParents({ parent_chunk_id, child_chunk_id }: Given): Given {
  return { chunk_id: child_chunk_id, parent_chunk_ids: [parent_chunk_id] };
}
