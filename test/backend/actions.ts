// Requests to the stand-in backend that are no plain create, list, change or delete of a row.

import { created, incomplete, missing, page } from './answers.ts';
import type { Action, Call } from './call.ts';
import { UPLOADS } from './ingest.ts';
import { parentOf, type Row, type Store } from './store.ts';
import { WORKFLOWS } from './workflows.ts';

/** By method and path under /v1. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  'GET path-parts': ({ store, url }) => page(store.parts().map(pathPart), url, ['parent_path_id']),
  'GET path-parts/{}': ({ store, ids: [id] }) => {
    const row = partWith(store, id);
    return row ? Response.json(pathPart(row)) : missing();
  },
  'POST path-parts/{}/tags': (call) => tagged(call, (tags, chosen) => new Set([...tags, ...chosen])),
  'DELETE path-parts/{}/tags': (call) =>
    tagged(call, (tags, chosen) => new Set([...tags].filter((id) => !chosen.has(id)))),
  'GET folders/{}/contents': ({ store, ids: [id], url }) => {
    const folder = store.find('folders', id);
    const inside = store.below(folder?.['path_part_id'], Number(url.searchParams.get('max_depth') ?? 1));
    const kinds = ['FOLDER', 'DOCUMENT'];
    return folder
      ? page(
          inside.filter((row) => kinds.includes(String(row['part_type']))),
          url,
        )
      : missing();
  },
  ...UPLOADS,
  'PATCH document_versions/{}/metadata': ({ store, ids: [id], body }) => changed(store, 'document_versions', id, body),
  'GET document_versions/{}/contents': ({ store, ids: [id], url }) => {
    const version = store.find('document_versions', id);
    return version ? page(store.below(version['path_part_id']), url) : missing();
  },
  'DELETE document_versions/{}/contents': ({ store, ids: [id] }) => {
    const version = store.find('document_versions', id);
    const contents = version ? store.below(version['path_part_id']) : [];
    for (const row of contents) store.remove(row);
    return version ? Response.json({ deleted: contents.length }) : missing();
  },
  'PATCH chunks/{}/content': ({ store, ids: [id], body }) => changed(store, 'chunks', id, body),
  'POST chunks/search': ({ store, body }) => incomplete(body, ['query']) ?? search(store, body),
  'GET chunks/bulk': ({ store, url }) => {
    const wanted = url.searchParams.getAll('chunk_ids');
    return Response.json(store.rows('chunks').filter((row) => wanted.includes(String(row['id']))));
  },
  'GET chunks/version-chunk-ids': ({ store, url }) => {
    const version = store.find('document_versions', url.searchParams.get('document_version_id') ?? '');
    const chunks = store.below(version?.['path_part_id']).filter((row) => row['part_type'] === 'CHUNK');
    return version ? Response.json({ chunk_ids: chunks.map(({ id }) => id) }) : missing();
  },
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
    return edge ? removed(store, edge) : missing();
  },
  ...WORKFLOWS,
  'PATCH users': ({ body }) => Response.json({ id: 'me', ...body }),
  'POST invites/{}/accept': ({ store, ids: [id] }) => {
    const invite = store.find('invites', id);
    return invite ? Response.json({ tenant_id: invite['tenant_id'], role: invite['role'] }) : missing();
  },
  'GET features': ({ url }) => page([{ id: 'search', enabled: true }], url),
  'GET workflow-definitions': ({ url }) => page([{ id: 'ingest', name: 'Ingest a document' }], url),
};

/** Every chunk of the types that are wanted, equally good. */
function search(store: Store, { chunk_types, top_k }: Row): Response {
  const types = [chunk_types ?? []].flat().map(String);
  const found = store.rows('chunks').filter((row) => types.length === 0 || types.includes(String(row['chunk_type'])));
  return Response.json(found.slice(0, Number(top_k ?? 5)).map((row) => ({ ...row, score: 0.5 })));
}

export function removed(store: Store, row: Row): Response {
  store.remove(row);
  return new Response(null, { status: 204 });
}

export function changed(store: Store, collection: string, id: string | undefined, fields: Row): Response {
  const row = store.find(collection, id);
  return row ? Response.json(store.change(row, fields)) : missing();
}

function partWith(store: Store, pathPartId: string | undefined): Row | undefined {
  return store.parts().find((row) => row['path_part_id'] === pathPartId);
}

function pathPart(row: Row): Row {
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

/** The tags that a path part carries afterwards. */
function tagged(
  { store, ids: [id], body }: Call,
  combine: (tags: ReadonlySet<string>, chosen: ReadonlySet<string>) => Set<string>,
): Response {
  const row = partWith(store, id);
  const chosen = new Set([body['tag_ids']].flat().map(String));
  if (row === undefined || [...chosen].some((tag) => !store.find('tags', tag))) return missing();
  const before = new Set([row['tag_ids'] ?? []].flat().map(String));
  const tag_ids = [...combine(before, chosen)];
  store.change(row, { tag_ids });
  return Response.json({ tags: tag_ids.flatMap((tag) => store.find('tags', tag) ?? []) });
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
