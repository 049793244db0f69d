// kscli chunks: the pieces of a document's content, which search finds.

import { choice, flag, idOf, integer, negatable, number, object, text, time, uuid } from '../schema/fields.ts';
import { defineResource, get, getEach, patch, post, remove } from '../schema/rows.ts';
import { CHUNK_TYPES, MANY } from './choices.ts';

/** Of a search, all but the text and the limit. */
const FILTERS = [
  'search_type',
  'hybrid_profile',
  'dense_weight',
  'sparse_weight',
  'parent_path_ids',
  'tag_ids',
  'chunk_types',
  'ingestion_time_after',
  'score_threshold',
  'active_version_only',
  'with_document',
] as const;

export const chunks = defineResource({
  name: 'chunks',
  columns: ['id', 'chunk_type', 'content', 'parent_path_id', 'created_at'],
  operations: {
    describe: getEach('/v1/chunks/{chunk_id}', {
      summary: 'Show a chunk',
      query: { with_document: flag('Include its document and version') },
    }),
    create: post('/v1/chunks', {
      summary: 'Create a chunk',
      body: {
        version_id: uuid('Path part of the parent version', { key: 'parent_path_id' }),
        section_id: uuid('Path part of the parent section', { key: 'parent_path_id' }),
        content: text('Chunk content', { required: true, min: 1, file: true }),
        chunk_type: choice('Chunk type', CHUNK_TYPES, { default: 'TEXT' }),
        chunk_metadata: object('Chunk metadata', { flag: 'metadata', default: {}, file: true }),
        prev_sibling_path_id: uuid('Path part of the previous sibling'),
      },
      oneOf: ['version_id', 'section_id'],
    }),
    update: patch('/v1/chunks/{chunk_id}', {
      summary: 'Change the metadata of a chunk, or move it',
      body: {
        chunk_metadata: object('Metadata to change', { flag: 'metadata', file: true }),
        parent_path_part_id: uuid('New parent path part', { flag: 'under', aliases: ['parent-path-part-id'] }),
        prev_sibling_path_id: uuid('Path part of the new previous sibling', { conflictsWith: ['move_to_head'] }),
        move_to_head: flag('Move before all siblings'),
      },
    }),
    'update-content': patch('/v1/chunks/{chunk_id}/content', {
      summary: 'Change the content of a chunk',
      body: { content: text('New content', { required: true, min: 1, file: true }) },
    }),
    delete: remove('/v1/chunks/{chunk_id}', 'chunk'),
    search: post('/v1/chunks/search', {
      summary: 'Search for chunks',
      isSafe: true,
      body: {
        query: text('Search text', { short: 'q', required: true, min: 1 }),
        top_k: integer('Maximum results', { flag: 'limit', short: 'l', min: 1, max: 50, default: 10 }),
        filters: object('Filters as one JSON object', {
          keys: FILTERS,
          isMerged: true,
          formerKeys: { chunk_type: 'chunk_types', model: null, updated_at: null },
          file: true,
        }),
        search_type: choice('Search method', ['dense_only', 'full_text', 'hybrid'], { serverDefault: 'dense_only' }),
        hybrid_profile: choice('Profile of a hybrid search', ['hybrid', 'dense', 'sparse'], {
          serverDefault: 'hybrid',
        }),
        dense_weight: number('Weight of meaning in a hybrid search'),
        sparse_weight: number('Weight of words in a hybrid search'),
        parent_path_ids: idOf('path part', 'Parent to search under', {
          flag: 'under',
          aliases: ['parent-path-ids'],
          maxCount: MANY,
        }),
        tag_ids: uuid('Tag to search for', { maxCount: MANY }),
        chunk_types: choice('Chunk type to search for', CHUNK_TYPES, { maxCount: MANY }),
        ingestion_time_after: time('Only what was ingested after this time'),
        score_threshold: number('Minimum score', { serverDefault: 0.3 }),
        active_version_only: negatable('Only active versions', { serverDefault: true }),
        with_document: flag('Include the document and version of each chunk'),
      },
      columns: ['id', 'score', 'chunk_type', 'content', 'parent_path_id'],
    }),
    'get-bulk': get('/v1/chunks/bulk', {
      summary: 'Show several chunks and the path parts above them; ids that nobody knows are left out',
      query: { chunk_ids: uuid('Chunk', { required: 'here', maxCount: 200 }) },
    }),
    'version-chunk-ids': get('/v1/chunks/version-chunk-ids', {
      summary: 'List the ids of all chunks of a version',
      query: { document_version_id: uuid('Document version', { required: true }) },
      columns: ['value'],
      itemsKey: 'chunk_ids',
    }),
    neighbors: get('/v1/chunks/{chunk_id}/neighbors', {
      summary: 'List what stands before and after a chunk',
      query: {
        prev: integer('Rows before it', { min: 0, max: 20, serverDefault: 1 }),
        next: integer('Rows after it', { min: 0, max: 20, serverDefault: 1 }),
        chunks_only: flag('Leave sections out'),
      },
      columns: ['path_part_id', 'part_type', 'name', 'depth', 'parent_path_id', 'created_at'],
      id: 'path_part_id',
      itemsKey: 'items',
    }),
  },
});
