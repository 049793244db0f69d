// The API's resources on the stand-in backend, driven by one table: which collection a path means, and what its rows hold.

import { createStore, type Row, type Store } from './store.ts';

type Kind = {
  /** Under /v1; `{}` is an id of the parent. */
  readonly path: RegExp;
  readonly collection: string;
  /** What a create makes of its body. */
  readonly defaults?: (body: Row, ids: readonly string[]) => Row;
  /** Keys of the query that narrow a list. */
  readonly filters?: readonly string[];
};

const ID = '([^/]+)';

const KINDS: readonly Kind[] = [
  {
    path: /^folders$/,
    collection: 'folders',
    filters: ['parent_path_part_id'],
    defaults: ({ name }) => ({ part_type: 'FOLDER', materialized_path: `/${name}` }),
  },
  {
    path: /^documents$/,
    collection: 'documents',
    filters: ['parent_path_part_id'],
    defaults: () => ({ part_type: 'DOCUMENT' }),
  },
  { path: /^document_versions$/, collection: 'document_versions', filters: ['document_id'] },
  {
    path: new RegExp(`^documents/${ID}/versions$`),
    collection: 'document_versions',
    defaults: (_, [document_id]) => ({ document_id, version: 1, name: 'v1' }),
  },
  { path: /^sections$/, collection: 'sections', defaults: () => ({ part_type: 'SECTION' }) },
  { path: /^chunks$/, collection: 'chunks', defaults: () => ({ part_type: 'CHUNK' }) },
  {
    path: /^tags$/,
    collection: 'tags',
    defaults: ({ color, description }) => ({ color: color ?? '000000', description: description ?? null }),
  },
  { path: /^workflows$/, collection: 'workflows' },
  { path: /^tenants$/, collection: 'tenants' },
  { path: new RegExp(`^tenants/${ID}/users$`), collection: 'tenant_users' },
  { path: /^user-permissions$/, collection: 'permissions', filters: ['user_id'] },
  { path: /^invites$/, collection: 'invites' },
  { path: /^threads$/, collection: 'threads', filters: ['parent_path_part_id'] },
  {
    path: new RegExp(`^threads/${ID}/messages$`),
    collection: 'messages',
    defaults: (_, [thread_id]) => ({ thread_id }),
  },
  { path: /^path-parts$/, collection: 'path_parts', filters: ['parent_path_id'] },
];

type Answerer = (method: string, url: URL, body: unknown) => Response;

export type Resources = Answerer & { readonly store: Store };

export function createResources(tenant: string, user: string): Resources {
  const store = createStore(tenant);
  seed(store, user);
  const answer: Answerer = (method, url, body) => {
    const path = url.pathname.replace(/^\/v1\//, '');
    return special(store, method, path, url, asRow(body)) ?? plain(store, method, path, url, asRow(body));
  };
  return Object.assign(answer, { store });
}

function plain(store: Store, method: string, path: string, url: URL, body: Row): Response {
  const whole = find(path);
  if (whole && method === 'GET') return page(rowsOf(store, whole.kind.collection), url, whole.kind.filters);
  if (whole && method === 'POST') {
    const fields = { ...body, ...whole.kind.defaults?.(body, whole.ids) };
    return Response.json(store.create(whole.kind.collection, fields), { status: 201 });
  }
  const [, parent = '', id = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
  const kind = find(parent)?.kind;
  const row = kind && store.collections.get(kind.collection)?.get(decodeURIComponent(id));
  if (kind === undefined || row === undefined) return missing();
  if (method === 'GET') return Response.json(row);
  if (method === 'PATCH') return Response.json(Object.assign(row, body));
  if (method === 'POST')
    return Response.json({ workflow_id: id, action: url.searchParams.get('action'), message: 'ok' });
  store.collections.get(kind.collection)?.delete(id);
  return new Response(null, { status: 204 });
}

/** Paths that are no collection and no row of one. */
function special(store: Store, method: string, path: string, url: URL, body: Row): Response | undefined {
  const [head = '', id = '', tail] = path.split('/');
  const of = (collection: string, name: string) => store.collections.get(collection)?.get(name);
  if (path === 'documents/ingest') return ingest(store, body);
  if (path === 'chunks/search') return Response.json(rowsOf(store, 'chunks').map((row) => ({ ...row, score: 0.5 })));
  if (path === 'chunks/bulk')
    return Response.json(
      rowsOf(store, 'chunks').filter((row) => url.searchParams.getAll('chunk_ids').includes(String(row['id']))),
    );
  if (path === 'chunks/version-chunk-ids')
    return Response.json({ chunk_ids: rowsOf(store, 'chunks').map((row) => row['id']) });
  if (path === 'users' && method === 'PATCH') return Response.json({ id: 'me', ...body });
  if (head === 'chunk-lineages') {
    if (method === 'POST')
      return Response.json([{ parent_chunk_id: [body['parent_chunk_ids']].flat()[0], chunk_id: body['chunk_id'] }], {
        status: 201,
      });
    return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({ nodes: [{ id }], edges: [] });
  }
  if (head === 'folders' && tail === 'contents') {
    const parent = of('folders', id)?.['path_part_id'];
    const inside = [...rowsOf(store, 'folders'), ...rowsOf(store, 'documents')];
    return parent === undefined
      ? missing()
      : page(
          inside.filter((row) => row['parent_path_part_id'] === parent),
          url,
        );
  }
  if (head === 'document_versions' && tail !== undefined) {
    if (!of('document_versions', id)) return missing();
    if (tail === 'metadata') return Response.json(Object.assign(of('document_versions', id) ?? {}, body));
    return method === 'DELETE'
      ? Response.json({ deleted: 2 })
      : page([...rowsOf(store, 'sections'), ...rowsOf(store, 'chunks')], url);
  }
  if (head === 'chunks' && tail === 'content') return Response.json(Object.assign(of('chunks', id) ?? {}, body));
  if (head === 'path-parts' && tail === 'tags')
    return Response.json({ tags: [body['tag_ids']].flat().map((tag) => ({ id: tag })) });
  if (head === 'invites' && tail === 'accept')
    return Response.json({ tenant_id: of('invites', id)?.['tenant_id'], role: 'USER' });
  return undefined;
}

function ingest(store: Store, { name, path_part_id: parent_path_part_id }: Row): Response {
  const document = store.create('documents', {
    name,
    parent_path_part_id,
    part_type: 'DOCUMENT',
    document_type: 'UNKNOWN',
    document_origin: 'SOURCE',
  });
  const version = store.create('document_versions', { document_id: document['id'], name: 'v1' });
  const workflow_id = `workflow-${document['id']}`;
  store.create('workflows', { id: workflow_id, workflow_id, document_id: document['id'], status: 'completed' });
  return Response.json(
    { workflow_id, document_id: document['id'], document_version_id: version['id'] },
    { status: 201 },
  );
}

function seed(store: Store, user: string): void {
  for (const name of ['Contracts', 'Reports']) {
    const folder = store.create('folders', {
      name,
      part_type: 'FOLDER',
      parent_path_part_id: null,
      materialized_path: `/${name}`,
    });
    store.create('path_parts', {
      id: folder['path_part_id'],
      path_part_id: folder['path_part_id'],
      name,
      part_type: 'FOLDER',
      parent_path_id: null,
    });
  }
  store.create('tenants', { name: 'Example Tenant' });
  store.create('tenant_users', { user_id: user, email: 'user@example.com', role: 'USER' });
  store.create('invites', { email: 'new@example.com', role: 'USER' });
}

function find(path: string): { kind: Kind; ids: string[] } | undefined {
  for (const kind of KINDS) {
    const match = kind.path.exec(path);
    if (match) return { kind, ids: match.slice(1) };
  }
  return undefined;
}

/** FastAPI's limits: 1 to 100 rows. */
function page(rows: readonly Row[], url: URL, filters: readonly string[] = []): Response {
  const limit = Number(url.searchParams.get('limit') ?? 20);
  const offset = Number(url.searchParams.get('offset') ?? 0);
  if (!(limit >= 1 && limit <= 100 && offset >= 0)) {
    return Response.json({ detail: [{ loc: ['query', 'limit'], msg: 'out of range' }] }, { status: 422 });
  }
  const found = rows.filter((row) =>
    filters.every((key) => [null, String(row[key])].includes(url.searchParams.get(key))),
  );
  return Response.json({ items: found.slice(offset, offset + limit), total: found.length, limit, offset });
}

function rowsOf(store: Store, collection: string): Row[] {
  return [...(store.collections.get(collection)?.values() ?? [])];
}

function asRow(value: unknown): Row {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function missing(): Response {
  return Response.json({ detail: 'Not found' }, { status: 404 });
}
