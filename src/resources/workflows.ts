// kscli workflows: ingestion runs, each of which makes the contents of a document version.

import { text } from '../schema/fields.ts';
import { defineResource, del, getEach, list, post } from '../schema/rows.ts';

const WORKFLOW = { workflow_id: text('Id of the workflow', { required: true, example: 'workflow-1' }) } as const;

/** Of an uploaded file: pending, processing, completed, failed or cancelled. */
export const WORKFLOW_RUN = getEach('/v1/workflows/document_versions/{workflow_id}', {
  summary: 'Show the run of an uploaded file',
  args: WORKFLOW,
  formerly: { method: 'GET', path: '/v1/workflows/{workflow_id}' },
});

/** Of any workflow. Its states are not described: the workflow has ended once there is a `close_time`. */
export const LIVE_STATUS = getEach('/v1/workflows/{workflow_id}', {
  summary: 'Show the live status of any workflow',
  args: WORKFLOW,
  columns: ['workflow_id', 'temporal_status', 'workflow_type', 'start_time', 'close_time'],
});

export const workflows = defineResource({
  name: 'workflows',
  columns: ['workflow_id', 'status', 'document_id', 'created_at', 'last_run_timestamp'],
  id: 'workflow_id',
  operations: {
    list: list('/v1/workflows/document_versions', {
      summary: 'List the runs of uploaded files',
      formerly: { method: 'GET', path: '/v1/workflows', isReadAsId: true },
    }),
    describe: WORKFLOW_RUN,
    status: LIVE_STATUS,
    rerun: post('/v1/workflows/document_versions/{workflow_id}', {
      summary: 'Rerun the workflow of an uploaded file',
      each: true,
      args: WORKFLOW,
      columns: ['workflow_id', 'action', 'message'],
      formerly: { method: 'POST', path: '/v1/workflows/{workflow_id}?action=rerun' },
    }),
    cancel: del('/v1/workflows/{workflow_id}', {
      summary: 'Cancel a workflow',
      each: true,
      args: WORKFLOW,
      columns: ['workflow_id', 'message'],
      formerly: { method: 'POST', path: '/v1/workflows/{workflow_id}?action=cancel' },
    }),
  },
});
