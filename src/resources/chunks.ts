// kscli chunks: the pieces of text that search finds.

import { choice, integer, negatable, number, object, text, uuid } from '../schema/fields.ts';
import { defineResource, type Given, get, patch, post, remove } from '../schema/operations.ts';

const CHUNK_TYPES = ['TEXT', 'TABLE', 'IMAGE', 'UNKNOWN'] as const;
const FILTERS = ['model', 'parent_path_ids', 'chunk_type', 'updated_at', 'score_threshold'] as const;
/** What a search knows beyond the kinds that can be created here. */
const FOUND_TYPES = [...CHUNK_TYPES, 'HTML'] as const;
const MANY = 1000;

export const chunks = defineResource({
  name: 'chunks',
  columns: ['id', 'chunk_type', 'content', 'parent_path_id', 'created_at'],
  operations: {
    describe: get('/v1/chunks/{chunk_id}', { summary: 'Show a chunk' }),
    create: post('/v1/chunks', {
      summary: 'Create a chunk',
      body: {
        content: text('What it says', { required: true }),
        version_id: uuid('Path part of the version to put it under'),
        section_id: uuid('Path part of the section to put it under'),
        chunk_type: choice('Kind of content', CHUNK_TYPES, { default: 'TEXT' }),
        chunk_metadata: object('What else is known of it', { flag: 'metadata', default: {} }),
      },
      oneOf: ['version_id', 'section_id'],
      toBody: underOneParent,
    }),
    update: patch('/v1/chunks/{chunk_id}', {
      summary: 'Change the metadata of a chunk',
      body: { chunk_metadata: object('What else is known of it', { flag: 'metadata' }) },
    }),
    'update-content': patch('/v1/chunks/{chunk_id}/content', {
      summary: 'Change what a chunk says',
      body: { content: text('What it says from now on', { required: true }) },
    }),
    delete: remove('/v1/chunks/{chunk_id}', 'chunk'),
    search: post('/v1/chunks/search', {
      summary: 'Search for chunks',
      isSafe: true,
      body: {
        query: text('What to look for', { short: 'q', required: true }),
        top_k: integer('Maximum results', { flag: 'limit', short: 'l', min: 1, max: 50, default: 10 }),
        filters: object('Filters as JSON; the flags below are simpler', { keys: FILTERS }),
        search_type: choice('How to search', ['dense_only', 'full_text']),
        parent_path_ids: uuid('Only under this path part', { maxCount: MANY }),
        tag_ids: uuid('Only with this tag', { maxCount: MANY }),
        chunk_types: choice('Only this kind of content', FOUND_TYPES, { maxCount: MANY }),
        score_threshold: number('Minimum score'),
        active_version_only: negatable('Only active versions'),
      },
      columns: ['id', 'score', 'chunk_type', 'content', 'parent_path_id'],
    }),
    'get-bulk': get('/v1/chunks/bulk', {
      summary: 'Show many chunks with the path parts above them',
      query: { chunk_ids: uuid('Chunk to show', { required: true, maxCount: 200 }) },
    }),
    'version-chunk-ids': get('/v1/chunks/version-chunk-ids', {
      summary: 'List the ids of all chunks of a version',
      query: { document_version_id: uuid('Version whose chunks to list', { required: true }) },
      columns: ['value'],
      itemsKey: 'chunk_ids',
    }),
  },
});

function underOneParent({ version_id, section_id, ...body }: Given): Given {
  return { parent_path_id: version_id ?? section_id, ...body };
}
