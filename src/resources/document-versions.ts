// kscli document-versions: the versions of a document, and the sections and chunks of each.

import { choice, flag, integer, object, text, uuid } from '../schema/fields.ts';
import { type Given, LARGEST_PAGE, nameRow, showText } from '../schema/operations.ts';
import { ALL, defineResource, del, get, getEach, list, patch, post, remove } from '../schema/rows.ts';

/** Of the metadata of a version, but for those that have flags of their own. */
const METADATA = [
  'cleaned_source_s3',
  'fast_plaintext_s3',
  'hash',
  'high_accuracy_content_list_s3',
  'high_accuracy_middle_s3',
  'information_statistics',
  'standard_pipeline_json_s3',
  'total_chunks',
  'total_formulas',
  'total_pages',
  'total_sections',
  'xlsx_kpi_catalog',
  'xlsx_named_ranges',
  'xlsx_parse_result_s3',
] as const;
const STATES = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;

export const documentVersions = defineResource({
  name: 'document-versions',
  columns: ['id', 'version', 'name', 'created_at'],
  operations: {
    list: list('/v1/document_versions', {
      summary: 'List the versions of a document',
      query: { document_id: uuid('Document', { required: true }) },
    }),
    describe: getEach('/v1/document_versions/{version_id}', { summary: 'Show a version' }),
    contents: get('/v1/document_versions/{version_id}/contents', {
      summary: 'List the sections and chunks of a version',
      query: {
        section_id: uuid('Only in this section'),
        content_type: choice('Only sections, or only chunks', ['SECTION', 'CHUNK']),
        limit: integer('Maximum rows', { short: 'l', min: 1, max: LARGEST_PAGE, serverDefault: 20 }),
        offset: integer('Rows to skip', { short: 'o', min: 0, serverDefault: 0 }),
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
      body: {
        source_s3: text('S3 location of the source file', { example: 's3://bucket/report.pdf' }),
        pipeline_state: object('State of the pipeline', { needs: { status: STATES }, file: true }),
        metadata: object('Other metadata as one JSON object', { keys: METADATA, isMerged: true, file: true }),
      },
    }),
    delete: remove('/v1/document_versions/{version_id}', 'document version'),
    'clear-contents': del('/v1/document_versions/{version_id}/contents', {
      summary: 'Delete all sections and chunks of a version',
      confirmation: 'Clear the contents of document version {version_id}',
      successMessage: 'Cleared the contents of document version {version_id}',
      columns: ['deleted'],
      id: false,
    }),
    reembed: post('/v1/document_versions/{version_id}?action=reembed', {
      summary: 'Embed the contents of a version anew',
      columns: ['version_id', 'action', 'workflow_id'],
      id: 'workflow_id',
      waitsFor: 'workflow',
    }),
  },
});

function labelContent(row: Given, given: Given): string | undefined {
  const name = nameRow(row);
  if (row['part_type'] !== 'CHUNK') return name;
  if (given['sections_only']) return undefined;
  return given['show_content'] && row['content'] ? `${name}: ${showText(row['content'])}` : name;
}
