// kscli document-versions: the versions of a document, and the sections and chunks of each.

import { idOf, object, text } from '../schema/fields.ts';
import { defineResource, del, get, getEach, list, patch, post, remove } from '../schema/rows.ts';
import { CONTENTS } from './contents.ts';

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
      query: { document_id: idOf('document', 'Document', { required: true }) },
    }),
    describe: getEach('/v1/document_versions/{version_id}', { summary: 'Show a version' }),
    contents: get('/v1/document_versions/{version_id}/contents', {
      summary: 'List the sections and chunks of a version',
      ...CONTENTS,
    }),
    create: post('/v1/documents/{document_id}/versions', {
      summary: 'Create a version of a document',
      pathFlags: { document_id: idOf('document', 'Document', { required: true }) },
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
