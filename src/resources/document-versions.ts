// kscli document-versions: the versions of a document, and the sections and chunks of each.

import { flag, integer, text, uuid } from '../schema/fields.ts';
import {
  ALL,
  defineResource,
  del,
  type Given,
  get,
  LARGEST_PAGE,
  list,
  nameRow,
  patch,
  post,
  remove,
  showText,
} from '../schema/operations.ts';

export const documentVersions = defineResource({
  name: 'document-versions',
  columns: ['id', 'name', 'created_at'],
  operations: {
    list: list('/v1/document_versions', {
      summary: 'List the versions of a document',
      query: { document_id: uuid('Document', { required: true }) },
    }),
    describe: get('/v1/document_versions/{version_id}', { summary: 'Show a version' }),
    contents: get('/v1/document_versions/{version_id}/contents', {
      summary: 'List the sections and chunks of a version',
      query: {
        limit: integer('Maximum rows', { short: 'l', min: 1, max: LARGEST_PAGE }),
        offset: integer('Rows to skip', { short: 'o', min: 0 }),
      },
      clientOnly: {
        show_content: flag('Include the content of chunks in a tree'),
        sections_only: flag('Leave chunks out of a tree'),
        all: ALL,
      },
      columns: ['path_part_id', 'part_type', 'name', 'depth', 'parent_path_id', 'created_at'],
      id: 'path_part_id',
      itemsKey: 'items',
      tree: { parent: 'parent_path_id', label: labelContent },
    }),
    create: post('/v1/documents/{document_id}/versions', {
      summary: 'Create a version of a document',
      pathFlags: { document_id: uuid('Document', { required: true }) },
    }),
    update: patch('/v1/document_versions/{version_id}/metadata', {
      summary: 'Change the metadata of a version',
      body: { source_s3: text('S3 location of the source file', { example: 's3://bucket/report.pdf' }) },
    }),
    delete: remove('/v1/document_versions/{version_id}', 'document version'),
    'clear-contents': del('/v1/document_versions/{version_id}/contents', {
      summary: 'Delete all sections and chunks of a version',
      confirmation: 'Clear the contents of document version {version_id}',
      successMessage: 'Cleared the contents of document version {version_id}',
    }),
  },
});

function labelContent(row: Given, given: Given): string | undefined {
  const name = nameRow(row);
  if (row['part_type'] !== 'CHUNK') return name;
  if (given['sections_only']) return undefined;
  return given['show_content'] && row['content'] ? `${name}: ${showText(row['content'])}` : name;
}
