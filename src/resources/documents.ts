// kscli documents: documents, each of which has versions.

import { choice, flag, idOf, integer, text, upload, uuid } from '../schema/fields.ts';
import type { Ask, Given, Prepared } from '../schema/operations.ts';
import { defineResource, get, getEach, list, patch, post, remove } from '../schema/rows.ts';
import { CHUNK_TYPES, PATH_ORDERS, UNDER } from './choices.ts';
import { CONTENTS } from './contents.ts';

const TYPES = ['PDF', 'DOCX', 'PLAINTEXT', 'IMAGE', 'XLSX', 'CSV', 'PPTX', 'UNKNOWN'] as const;
const UPLOADED = ['document_id', 'document_version_id', 'workflow_id'] as const;

/** How the contents of an uploaded file are made. */
export const INGEST = {
  ingestion_mode: choice('How contents are made', ['high_accuracy', 'standard', 'single_chunk']),
  chunk_type: choice('Type of the one chunk', CHUNK_TYPES),
  secondary_taxonomy: choice('Kind of an image', ['picture', 'flowchart']),
  page_dpi: integer('Resolution of pages, in dots an inch', { min: 36, max: 216, serverDefault: 72 }),
} as const;

/** With the name of its file, unless another is given. */
export const NEW_DOCUMENT = post('/v1/documents/ingest', {
  summary: 'Upload a file as a document',
  form: {
    path_part_id: idOf('path part', 'Folder to put it under', {
      flag: 'under',
      aliases: ['path-part-id'],
      required: true,
    }),
    name: text('Name of the document, where it is not the name of the file', { short: 'n' }),
    ...INGEST,
    file: upload('File to upload, or - for standard input', { required: true, nameKey: 'name' }),
  },
  columns: UPLOADED,
  id: 'document_id',
  waitsFor: 'contents',
});

/** Once its contents are made, it is the active one. */
export const NEW_VERSION = post('/v1/documents/{document_id}/ingest', {
  summary: 'Upload a file as a new version of a document',
  form: { ...INGEST, file: upload('File to upload', { required: true }) },
  columns: UPLOADED,
  id: 'document_version_id',
  waitsFor: 'contents',
});

export const documents = defineResource({
  name: 'documents',
  columns: ['id', 'name', 'document_type', 'document_origin', 'parent_path_part_id', 'created_at'],
  operations: {
    list: list('/v1/documents', {
      summary: 'List documents',
      query: {
        parent_path_part_id: idOf('path part', 'Parent', { ...UNDER, isTopWithout: true }),
        sort_order: choice('Sort order', PATH_ORDERS, { serverDefault: 'LOGICAL' }),
        with_tags: flag('Include the tags of each row'),
      },
      clientOnly: { recursive: flag('Those in all folders below too, to the last') },
      prepare: showPlaces,
      tree: { parent: 'parent_path_part_id' },
    }),
    describe: getEach('/v1/documents/{document_id}', {
      summary: 'Show a document',
      query: { with_tags: flag('Include its tags') },
    }),
    contents: get('/v1/documents/{document_id}', {
      summary: 'List the sections and chunks of the active version of a document',
      ...CONTENTS,
      prepare: enterActiveVersion,
    }),
    create: post('/v1/documents', {
      summary: 'Create a document without contents',
      body: {
        name: text('Document name', { short: 'n', required: true, min: 1, max: 255 }),
        parent_path_part_id: idOf('path part', 'Parent', { ...UNDER, required: true }),
        document_type: choice('Document type', TYPES, { flag: 'type', required: true }),
        document_origin: choice('Document origin', ['SOURCE', 'GENERATED'], { flag: 'origin', required: true }),
      },
    }),
    update: patch('/v1/documents/{document_id}', {
      summary: 'Rename or move a document, or choose its active version',
      body: {
        name: text('New name', { short: 'n', min: 1, max: 255 }),
        parent_path_part_id: idOf('path part', 'New parent', UNDER),
        active_version_id: uuid('New active version'),
      },
    }),
    delete: remove('/v1/documents/{document_id}', 'document'),
    ingest: NEW_DOCUMENT,
    'new-version': NEW_VERSION,
  },
});

/** Those of several folders are told apart by their paths. */
async function showPlaces({ recursive }: Given): Promise<Prepared> {
  return recursive ? { columns: ['id', 'name', 'materialized_path', 'document_type', 'updated_at'] } : {};
}

/** The contents are those of a version, which the document names. */
async function enterActiveVersion(given: Given, ask: Ask): Promise<Prepared> {
  const { active_version_id: version_id } = await ask(`/v1/documents/${given['document_id']}`);
  return { path: '/v1/document_versions/{version_id}/contents', query: { version_id } };
}
