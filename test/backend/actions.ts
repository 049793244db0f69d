// Requests to the stand-in backend that are no plain create, list, change or delete of a row.

import { missing } from './answers.ts';
import type { Action } from './call.ts';
import { CONVERSATIONS } from './conversation.ts';
import { UPLOADS } from './ingest.ts';
import { MARKS } from './marks.ts';
import { PEOPLE } from './people.ts';
import type { Row, Store } from './store.ts';
import { TREE } from './tree.ts';
import { WORK } from './work.ts';
import { WORKFLOWS } from './workflows.ts';

/** By method and path under /v1. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  ...TREE,
  ...UPLOADS,
  ...MARKS,
  ...PEOPLE,
  ...WORK,
  ...CONVERSATIONS,
  ...WORKFLOWS,
  'PATCH document_versions/{}/metadata': ({ store, ids: [id], body }) => changed(store, 'document_versions', id, body),
  'PATCH chunks/{}/content': ({ store, ids: [id], body }) => changed(store, 'chunks', id, body),
};

export function removed(store: Store, row: Row): Response {
  store.remove(row);
  return new Response(null, { status: 204 });
}

export function changed(store: Store, collection: string, id: string | undefined, fields: Row): Response {
  const row = store.find(collection, id);
  return row ? Response.json(store.change(row, fields)) : missing();
}
