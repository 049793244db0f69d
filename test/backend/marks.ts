// Path parts, their tags, and lineages of chunks on the stand-in backend.

import { created, missing, page } from './answers.ts';
import type { Action, Call } from './call.ts';
import { parentOf, type Row, type Store } from './store.ts';

/** By method and path under /v1. */
export const MARKS: Readonly<Record<string, Action>> = {
  'GET path-parts': ({ store, url }) => page(store.parts().map(pathPart), url, ['parent_path_id']),
  'GET path-parts/{}': ({ store, ids: [id] }) => {
    const row = partWith(store, id);
    return row ? Response.json({ ...pathPart(row), can_read: true, can_write: true }) : missing();
  },
  'GET path-parts/{}/ancestry': ({ store, ids: [id] }) => {
    const ancestors: Row[] = [];
    for (let row = partWith(store, id); row; row = partWith(store, parentOf(row))) ancestors.unshift(pathPart(row));
    return ancestors.length > 0 ? Response.json({ ancestors }) : missing();
  },
  'GET path-parts/{}/subtree_chunks': ({ store, ids: [id] }) => {
    const row = partWith(store, id);
    const chunks = store.below(row?.['path_part_id']).filter(({ part_type }) => part_type === 'CHUNK');
    const ids = { chunk_ids: chunks.map((chunk) => chunk['id']), path_part_ids: [id], tag_ids: row?.['tag_ids'] ?? [] };
    return row ? Response.json({ groups: chunks.length > 0 ? [ids] : [] }) : missing();
  },
  'GET path-parts/{}/tags': ({ store, ids: [id] }) => {
    const row = partWith(store, id);
    return row ? Response.json({ tags: tagsOf(store, row) }) : missing();
  },
  'POST path-parts/{}/tags': (call) => tagged(call, (_tags, chosen) => [...chosen]),
  'DELETE path-parts/{}/tags': (call) => tagged(call, (tags, chosen) => tags.filter((id) => !chosen.has(id))),
  'POST chunk-lineages': ({ store, body }) => {
    const parents = [body['parent_chunk_ids']].flat().map(String);
    const chunks = [String(body['chunk_id']), ...parents];
    if (chunks.some((id) => !store.find('chunks', id))) return missing();
    return created(
      parents.map((parent_chunk_id) => store.create('lineages', { parent_chunk_id, chunk_id: body['chunk_id'] })),
    );
  },
  'GET chunk-lineages/{}': ({ store, ids: [id] }) => (store.find('chunks', id) ? lineageOf(store, id) : missing()),
  'DELETE chunk-lineages': ({ store, url: { searchParams } }) => {
    const keys = ['parent_chunk_id', 'chunk_id'];
    const edge = store.rows('lineages').find((row) => keys.every((key) => row[key] === searchParams.get(key)));
    if (edge === undefined) return missing();
    store.remove(edge);
    return new Response(null, { status: 204 });
  },
};

function partWith(store: Store, pathPartId: unknown): Row | undefined {
  return store.parts().find((row) => row['path_part_id'] === pathPartId);
}

export function pathPart(row: Row): Row {
  const { id: metadata_obj_id, path_part_id, name, part_type, materialized_path, tenant_id, created_at } = row;
  return {
    path_part_id,
    name: name ?? null,
    part_type,
    parent_path_id: parentOf(row),
    metadata_obj_id,
    materialized_path: materialized_path ?? null,
    tenant_id,
    created_at,
    updated_at: row['updated_at'],
  };
}

function tagsOf(store: Store, row: Row): Row[] {
  return [row['tag_ids'] ?? []].flat().flatMap((tag): Row[] => {
    const found = store.find('tags', String(tag));
    return found ? [found] : [];
  });
}

/** The tags that a path part carries afterwards. */
function tagged(
  { store, ids: [id], body }: Call,
  combine: (tags: readonly string[], chosen: ReadonlySet<string>) => string[],
): Response {
  const row = partWith(store, id);
  const chosen = new Set([body['tag_ids']].flat().map(String));
  if (row === undefined || [...chosen].some((tag) => !store.find('tags', tag))) return missing();
  store.change(row, { tag_ids: combine([row['tag_ids'] ?? []].flat().map(String), chosen) });
  return Response.json({ tags: tagsOf(store, row) });
}

/** What it was made of and what was made of it, one step each way. */
function lineageOf(store: Store, id: string | undefined): Response {
  const edges = store
    .rows('lineages')
    .map(({ parent_chunk_id, chunk_id }) => ({ parent_chunk_id, chunk_id }))
    .filter((edge) => Object.values(edge).includes(id));
  const ids = new Set([id, ...edges.flatMap((edge) => Object.values(edge))]);
  return Response.json({ nodes: store.rows('chunks').filter((row) => ids.has(String(row['id']))), edges });
}
