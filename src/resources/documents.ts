// kscli documents: documents, each of which has versions.

import { choice, text, uuid } from '../schema/fields.ts';
import { defineResource, get, list, patch, post, remove } from '../schema/operations.ts';

export const documents = defineResource({
  name: 'documents',
  columns: ['id', 'name', 'document_type', 'document_origin', 'parent_path_part_id', 'created_at'],
  operations: {
    list: list('/v1/documents', {
      summary: 'List documents',
      query: { parent_path_part_id: uuid('Parent path part', { short: 'p' }) },
      tree: { parent: 'parent_path_part_id' },
    }),
    describe: get('/v1/documents/{document_id}', { summary: 'Show a document' }),
    create: post('/v1/documents', {
      summary: 'Create a document without contents',
      body: {
        name: text('Document name', { short: 'n', required: true }),
        parent_path_part_id: uuid('Parent path part', { short: 'p', required: true }),
        document_type: choice('Document type', ['PDF', 'DOCX', 'UNKNOWN'], { flag: 'type', required: true }),
        document_origin: choice('Document origin', ['SOURCE', 'GENERATED'], { flag: 'origin', required: true }),
      },
    }),
    update: patch('/v1/documents/{document_id}', {
      summary: 'Rename or move a document, or choose its active version',
      body: {
        name: text('New name', { short: 'n' }),
        parent_path_part_id: uuid('New parent path part', { short: 'p' }),
        active_version_id: uuid('New active version'),
      },
    }),
    delete: remove('/v1/documents/{document_id}', 'document'),
  },
});
