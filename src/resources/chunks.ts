// kscli chunks: the pieces of a document's content, which search finds.

import { choice, integer, negatable, number, object, text, uuid } from '../schema/fields.ts';
import { defineResource, type Given, get, patch, post, remove } from '../schema/operations.ts';

const CHUNK_TYPES = ['TEXT', 'TABLE', 'IMAGE', 'UNKNOWN'] as const;
const FILTERS = ['model', 'parent_path_ids', 'chunk_type', 'updated_at', 'score_threshold'] as const;
/** Search also finds a type that cannot be created here. */
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
        content: text('Chunk content', { required: true, file: true }),
        version_id: uuid('Path part of the parent version'),
        section_id: uuid('Path part of the parent section'),
        chunk_type: choice('Chunk type', CHUNK_TYPES, { default: 'TEXT' }),
        chunk_metadata: object('Chunk metadata', { flag: 'metadata', default: {}, file: true }),
      },
      oneOf: ['version_id', 'section_id'],
      toBody: chooseParent,
    }),
    update: patch('/v1/chunks/{chunk_id}', {
      summary: 'Change the metadata of a chunk',
      body: { chunk_metadata: object('Metadata to change', { flag: 'metadata', file: true }) },
    }),
    'update-content': patch('/v1/chunks/{chunk_id}/content', {
      summary: 'Change the content of a chunk',
      body: { content: text('New content', { required: true, file: true }) },
    }),
    delete: remove('/v1/chunks/{chunk_id}', 'chunk'),
    search: post('/v1/chunks/search', {
      summary: 'Search for chunks',
      isSafe: true,
      body: {
        query: text('Search text', { short: 'q', required: true }),
        top_k: integer('Maximum results', { flag: 'limit', short: 'l', min: 1, max: 50, default: 10 }),
        filters: object('Filters as one JSON object', { keys: FILTERS, file: true }),
        search_type: choice('Search method', ['dense_only', 'full_text']),
        parent_path_ids: uuid('Parent path part to search under', { maxCount: MANY }),
        tag_ids: uuid('Tag to search for', { maxCount: MANY }),
        chunk_types: choice('Chunk type to search for', FOUND_TYPES, { maxCount: MANY }),
        score_threshold: number('Minimum score'),
        active_version_only: negatable('Only active versions'),
      },
      columns: ['id', 'score', 'chunk_type', 'content', 'parent_path_id'],
    }),
    'get-bulk': get('/v1/chunks/bulk', {
      summary: 'Show several chunks and the path parts above them',
      query: { chunk_ids: uuid('Chunk', { required: true, maxCount: 200 }) },
    }),
    'version-chunk-ids': get('/v1/chunks/version-chunk-ids', {
      summary: 'List the ids of all chunks of a version',
      query: { document_version_id: uuid('Document version', { required: true }) },
      columns: ['value'],
      itemsKey: 'chunk_ids',
    }),
  },
});

function chooseParent({ version_id, section_id, ...body }: Given): Given {
  return { parent_path_id: version_id ?? section_id, ...body };
}
