// Folders, documents and all below them on the stand-in backend: requests that are no plain create, list, change or delete.

import { missing, page } from './answers.ts';
import type { Action, Call } from './call.ts';
import { parentOf, type Row } from './store.ts';

const KINDS = ['FOLDER', 'DOCUMENT'];
const CONTENTS = ['SECTION', 'CHUNK'];

/** By method and path under /v1. */
export const TREE: Readonly<Record<string, Action>> = {
  'GET folders': (call) => children(call, 'folders'),
  'GET documents': (call) => children(call, 'documents'),
  'GET folders/search': ({ store, url: { searchParams }, url }) => {
    const name = searchParams.get('name_like')?.toLowerCase() ?? '';
    const under = searchParams.get('parent_path_part_id');
    const rows = (under === null ? store.parts() : store.below(under)).filter(
      (row) => KINDS.includes(String(row['part_type'])) && String(row['name']).toLowerCase().includes(name),
    );
    return page(rows.toSorted(byName), url, ['part_type']);
  },
  'GET folders/{}/contents': ({ store, ids: [id], url }) => {
    const folder = store.find('folders', id);
    const inside = store.below(folder?.['path_part_id'], Number(url.searchParams.get('max_depth') ?? 1));
    return folder ? page(inside.filter(isOf(KINDS)), url) : missing();
  },
  'POST folders/{}': (call) => reembed(call, 'folders', 'folder_id'),
  'POST document_versions/{}': (call) => reembed(call, 'document_versions', 'version_id'),
  'GET document_versions/{}/contents': ({ store, ids: [id], url }) => {
    const version = store.find('document_versions', id);
    const section = store.find('sections', url.searchParams.get('section_id') ?? undefined);
    const rows = store.below((section ?? version)?.['path_part_id']).map((row): Row => ({ ...row, depth: 1 }));
    const kind = url.searchParams.get('content_type');
    return version
      ? page(
          rows.filter((row) => kind === null || row['part_type'] === kind),
          url,
        )
      : missing();
  },
  'DELETE document_versions/{}/contents': ({ store, ids: [id] }) => {
    const version = store.find('document_versions', id);
    const contents = version ? store.below(version['path_part_id']) : [];
    for (const row of contents) store.remove(row);
    return version ? Response.json({ deleted: contents.length }) : missing();
  },
  'GET sections/bulk': ({ store, url }) => Response.json(pick(store.rows('sections'), url, 'section_ids')),
  'POST sections/{}/dissolve': ({ store, ids: [id] }) => {
    const section = store.find('sections', id);
    if (section === undefined) return missing();
    const children = store.below(section['path_part_id'], 1);
    const above = section['parent_path_id'];
    for (const child of children) store.change(child, { parent_path_id: above });
    store.remove(section);
    const text = { content: section['name'], chunk_type: 'TEXT', part_type: 'CHUNK', parent_path_id: above };
    return Response.json({
      text_chunk_id: store.create('chunks', text)['id'],
      reparented_children: children.length,
    });
  },
  'GET chunks/bulk': ({ store, url }) => Response.json(pick(store.rows('chunks'), url, 'chunk_ids')),
  'GET chunks/version-chunk-ids': ({ store, url }) => {
    const version = store.find('document_versions', url.searchParams.get('document_version_id') ?? '');
    const chunks = store.below(version?.['path_part_id']).filter((row) => row['part_type'] === 'CHUNK');
    return version ? Response.json({ chunk_ids: chunks.map(({ id }) => id) }) : missing();
  },
  'GET chunks/{}/neighbors': ({ store, ids: [id], url: { searchParams } }) => {
    const chunk = store.find('chunks', id);
    if (chunk === undefined) return missing();
    const beside = store.below(parentOf(chunk), 1).filter(isOf(CONTENTS));
    const at = beside.indexOf(chunk);
    const first = Math.max(0, at - Number(searchParams.get('prev') ?? 1));
    const items = beside.slice(first, at + 1 + Number(searchParams.get('next') ?? 1));
    return Response.json({ items: items.map((row) => ({ ...row, depth: 0 })), anchor_index: items.indexOf(chunk) });
  },
};

/** Without a parent what is at the top, where the folder of all users is replaced by that of the one who asks. */
function children({ store, url, user }: Call, collection: string): Response {
  const rows = store.rows(collection);
  const parent = url.searchParams.get('parent_path_part_id');
  if (parent !== null) return page(rows, url, ['parent_path_part_id']);
  const top = rows.filter(store.isTop);
  const users = top.find((row) => collection === 'folders' && row['name'] === 'users');
  const own = rows.find((row) => users && parentOf(row) === users['path_part_id'] && row['name'] === user);
  const shown = own ? [{ ...own, name: 'Private' }] : [];
  return page([...top.filter((row) => row !== users), ...shown], url);
}

function isOf(kinds: readonly string[]) {
  return (row: Row) => kinds.includes(String(row['part_type']));
}

function byName(a: Row, b: Row): number {
  return String(a['name']) < String(b['name']) ? -1 : 1;
}

function pick(rows: readonly Row[], { searchParams }: URL, key: string): Row[] {
  const wanted = searchParams.getAll(key);
  return rows.filter((row) => wanted.includes(String(row['id'])));
}

function reembed({ store, ids: [id], url }: Call, collection: string, key: string): Response {
  if (store.find(collection, id) === undefined) return missing();
  const workflow_id = `reembed-${id}`;
  store.create('workflows', { id: workflow_id, workflow_id, status: 'completed' });
  return Response.json({ [key]: id, action: url.searchParams.get('action'), workflow_id });
}
