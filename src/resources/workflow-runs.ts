// kscli workflow-runs: the runs of workflow definitions.

import { defineResource, getEach, remove } from '../schema/rows.ts';

export const RUN_COLUMNS = ['id', 'status', 'started_at', 'completed_at', 'user_id', 'error'] as const;

export const workflowRuns = defineResource({
  name: 'workflow-runs',
  columns: RUN_COLUMNS,
  operations: {
    describe: getEach('/v1/workflow-runs/{run_id}', { summary: 'Show a run' }),
    delete: remove('/v1/workflow-runs/{run_id}', 'workflow run'),
  },
});
