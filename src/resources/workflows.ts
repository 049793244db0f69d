// kscli workflows: ingestion runs, each of which makes the contents of a document version.

import { text } from '../schema/fields.ts';
import { defineResource, get, list, post } from '../schema/operations.ts';

const WORKFLOW = { workflow_id: text('Id of the workflow', { required: true, example: 'workflow-1' }) } as const;

export const workflows = defineResource({
  name: 'workflows',
  columns: ['workflow_id', 'status', 'document_id', 'created_at', 'last_run_timestamp'],
  id: 'workflow_id',
  operations: {
    list: list('/v1/workflows', { summary: 'List workflows' }),
    describe: get('/v1/workflows/{workflow_id}', { summary: 'Show a workflow', args: WORKFLOW }),
    cancel: post('/v1/workflows/{workflow_id}?action=cancel', { summary: 'Cancel a workflow', args: WORKFLOW }),
    rerun: post('/v1/workflows/{workflow_id}?action=rerun', { summary: 'Rerun a workflow', args: WORKFLOW }),
  },
});
