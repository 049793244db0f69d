// Searches, definitions of work and feedback on the stand-in backend.

import { created, missing, page } from './answers.ts';
import type { Action } from './call.ts';
import type { Row, Store } from './store.ts';

/** By method and path under /v1. */
export const WORK: Readonly<Record<string, Action>> = {
  'POST chunks/search': ({ store, body }) => search(store, body),
  'POST workflow-definitions': ({ store, body }) => created(toDefinition(store.create('definitions', fill(body)))),
  'GET workflow-definitions': ({ store, url }) => page(store.rows('definitions').map(toDefinition), url),
  'GET workflow-definitions/{}': ({ store, ids: [id] }) => {
    const row = store.find('definitions', id);
    return row ? Response.json(toDefinition(row)) : missing();
  },
  'PUT workflow-definitions/{}': ({ store, ids: [id], body }) => {
    const row = store.find('definitions', id);
    return row ? Response.json(toDefinition(store.change(row, fill(body)))) : missing();
  },
  'POST workflow-definitions/{}/invoke': ({ store, ids: [id], body: { idempotency_key } }) => {
    if (store.find('definitions', id) === undefined) return missing();
    const known = store
      .rows('runs')
      .find((row) => idempotency_key !== undefined && row['idempotency_key'] === idempotency_key);
    const row = known ?? store.create('runs', { workflow_definition_id: id, idempotency_key, ...BEGUN });
    return Response.json(toRun(row), { status: 202 });
  },
  'GET workflow-definitions/{}/runs': ({ store, ids: [id], url }) =>
    page(
      store
        .rows('runs')
        .filter((row) => row['workflow_definition_id'] === id)
        .map(toRun),
      url,
    ),
  'GET workflow-runs/{}': ({ store, ids: [id] }) => {
    const row = store.find('runs', id);
    return row ? Response.json(toRun(row)) : missing();
  },
  'POST feedback': ({ store, body }) => {
    const same = store.rows('feedback').find((row) => row['target_id'] === body['target_id']);
    if (same === undefined) return created(store.create('feedback', { reason: null, comment: null, ...body }));
    store.change(same, body);
    // Nothing is described but the status.
    return new Response(null, { status: 200 });
  },
};

const BEGUN = { status: 'PENDING', started_at: '2026-01-01T00:00:00Z', completed_at: null, error: null };

/** Every chunk of the types that are wanted, equally good. */
function search(store: Store, { chunk_types, top_k }: Row): Response {
  const types = [chunk_types ?? []].flat().map(String);
  const found = store.rows('chunks').filter((row) => types.length === 0 || types.includes(String(row['chunk_type'])));
  return Response.json(found.slice(0, Number(top_k ?? 5)).map((row) => ({ ...row, score: 0.5 })));
}

/** What is left out has a value too: also after an update, which replaces the whole. */
function fill(body: Row): Row {
  return {
    description: null,
    runner_config: null,
    max_run_duration_seconds: 300,
    template_path_part_id: null,
    is_active: true,
    ...body,
  };
}

/** No answer holds the secret. */
function toDefinition({ path_part_id: _, tenant_id: _tenant, runner_config, ...row }: Row): Row {
  const { webhook_secret: _secret, ...config } = Object(runner_config);
  return { ...row, runner_config: runner_config ? config : null };
}

function toRun({ path_part_id: _, idempotency_key: _key, tenant_id: _tenant, ...row }: Row): Row {
  return { ...row, runner_type: 'SELF_HOSTED', run_snapshot: {}, user_id: '00000000-0000-0000-0001-000000000001' };
}
