// The workflows of the stand-in backend, as two generations of servers answer for them. Knows no other resource.

import { missing, page } from './answers.ts';
import type { Action } from './call.ts';
import type { Row } from './store.ts';

const RUN = [
  'workflow_id',
  'document_id',
  'document_version_id',
  'status',
  'error',
  'last_activity',
  'created_at',
  'last_run_timestamp',
];

/** By method and path under /v1, as they are described. */
export const WORKFLOWS: Readonly<Record<string, Action>> = {
  'GET workflows/document_versions': ({ store, url }) => page(store.rows('workflows').filter(isRun).map(asRun), url),
  'GET workflows/document_versions/{}': ({ store, ids: [id] }) => {
    const row = store.find('workflows', id);
    return row && isRun(row) ? Response.json({ ...asRun(row), ...asLive(row) }) : missing();
  },
  'GET workflows/{}': ({ store, ids: [id] }) => {
    const row = store.find('workflows', id);
    return row ? Response.json(asLive(row)) : missing();
  },
  'POST workflows/document_versions/{}': ({ store, ids: [id] }) => {
    const row = store.find('workflows', id);
    if (row === undefined || !isRun(row)) return missing();
    store.change(row, { status: 'completed', error: null });
    return Response.json({ workflow_id: id, action: 'rerun', message: 'Workflow started' });
  },
  'DELETE workflows/{}': ({ store, ids: [id] }) => {
    const row = store.find('workflows', id);
    if (row === undefined) return missing();
    store.change(row, { status: 'cancelled' });
    return Response.json({ workflow_id: id, message: 'Workflow cancelled' });
  },
};

/** What older servers know in their place. */
export const FORMER_WORKFLOWS: Readonly<Record<string, Action>> = {
  'GET workflows': ({ store, url }) => page(store.rows('workflows').map(asRun), url),
  'GET workflows/{}': ({ store, ids: [id] }) => {
    const row = store.find('workflows', id);
    return row ? Response.json(asRun(row)) : missing();
  },
  'POST workflows/{}': ({ store, ids: [id], url }) => {
    const row = store.find('workflows', id);
    const action = url.searchParams.get('action');
    if (row === undefined) return missing();
    store.change(row, { status: action === 'cancel' ? 'cancelled' : 'completed' });
    return Response.json({ workflow_id: id, action, message: 'ok' });
  },
};

/** Those of an uploaded file have a document; others know their live status alone. */
function isRun(row: Row): boolean {
  return row['document_id'] !== undefined;
}

function asRun(row: Row): Row {
  return Object.fromEntries(
    RUN.map((key) => [key, row[key] ?? (key === 'last_run_timestamp' ? row['created_at'] : null)]),
  );
}

function asLive(row: Row): Row {
  const { workflow_id, status, created_at, updated_at } = row;
  const hasEnded = !['pending', 'processing'].includes(String(status));
  return {
    workflow_id,
    run_id: `run-${workflow_id}`,
    workflow_type: isRun(row) ? 'IngestDocument' : 'Reembed',
    temporal_status: hasEnded ? String(status).toUpperCase() : 'RUNNING',
    start_time: created_at,
    close_time: hasEnded ? updated_at : null,
    task_queue: 'ingest',
  };
}
