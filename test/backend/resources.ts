// The API's resources on the stand-in backend, driven by one table: which collection a path means, and what its rows hold.

import { ACTIONS, changed, removed } from './actions.ts';
import { created, incomplete, missing, page, unknown } from './answers.ts';
import type { Call } from './call.ts';
import { createStore, type Row, type Store, seenWithout } from './store.ts';
import { FORMER_WORKFLOWS } from './workflows.ts';

type Kind = {
  readonly collection: string;
  /** Keys of a body that a create must have. */
  readonly required?: readonly string[];
  /** What a create makes of its body. */
  readonly defaults?: (body: Row, above: Row | undefined) => Row;
  /** Keys of the query that narrow a list. */
  readonly filters?: readonly string[];
  /** The collection of the `{}` in its path, and the key that names it in a row. */
  readonly under?: readonly [collection: string, key: string];
};

/** By the path of a list under /v1. */
const KINDS: Readonly<Record<string, Kind>> = {
  folders: {
    collection: 'folders',
    required: ['name', 'parent_path_part_id'],
    filters: ['parent_path_part_id'],
    defaults: ({ name }) => ({ part_type: 'FOLDER', materialized_path: `/${name}` }),
  },
  documents: {
    collection: 'documents',
    required: ['name', 'parent_path_part_id', 'document_type', 'document_origin'],
    filters: ['parent_path_part_id'],
    defaults: () => ({ part_type: 'DOCUMENT' }),
  },
  document_versions: { collection: 'document_versions', filters: ['document_id'] },
  'documents/{}/versions': {
    collection: 'document_versions',
    under: ['documents', 'document_id'],
    defaults: (_, above) => ({
      version: 1,
      name: 'v1',
      part_type: 'DOCUMENT_VERSION',
      parent_path_id: above?.['path_part_id'],
    }),
  },
  sections: {
    collection: 'sections',
    required: ['name', 'parent_path_id'],
    defaults: () => ({ part_type: 'SECTION' }),
  },
  chunks: {
    collection: 'chunks',
    required: ['content', 'parent_path_id', 'chunk_type', 'chunk_metadata'],
    defaults: () => ({ part_type: 'CHUNK' }),
  },
  tags: {
    collection: 'tags',
    required: ['name'],
    defaults: ({ color, description }) => ({ color: color ?? '000000', description: description ?? null }),
  },
  tenants: { collection: 'tenants', required: ['name'] },
  'tenants/{}/users': { collection: 'tenant_users' },
  'user-permissions': {
    collection: 'permissions',
    required: ['tenant_id', 'user_id', 'path_part_id', 'capability'],
    filters: ['user_id'],
  },
  invites: { collection: 'invites', required: ['tenant_id', 'email', 'role'] },
  threads: {
    collection: 'threads',
    required: ['title'],
    filters: ['parent_path_part_id'],
    defaults: ({ title }) => ({ part_type: 'THREAD', name: title }),
  },
  'threads/{}/messages': {
    collection: 'messages',
    required: ['role', 'content'],
    under: ['threads', 'thread_id'],
  },
};

/** @param hidden ids of the rows that the user may not see */
type Answerer = (method: string, url: URL, body: unknown, hidden?: ReadonlySet<string>) => Response;

/** @property generation of the server: older ones know other requests about workflows */
export type Resources = Answerer & { readonly store: Store; generation: 'described' | 'former' };

export function createResources(tenant: string, user: string): Resources {
  const whole = createStore(tenant);
  seed(whole, user);
  const answer: Answerer = (method, url, body, hidden) => {
    const store = hidden ? seenWithout(hidden, whole) : whole;
    const path = url.pathname.replace(/^\/v1\//, '');
    const isFormer = resources.generation === 'former' && /^workflows(\/|$)/.test(path);
    const [action, ids] = find(isFormer ? FORMER_WORKFLOWS : ACTIONS, `${method} ${path}`);
    if (isFormer && action === undefined) return unknown();
    return action
      ? action({ store, ids, url, body: asRow(body) })
      : plain(method, path, { store, url, body: asRow(body) });
  };
  const resources: Resources = Object.assign(answer, { store: whole, generation: 'described' as const });
  return resources;
}

type Plain = Omit<Call, 'ids'>;

function plain(method: string, path: string, call: Plain): Response {
  const [kind, [above]] = find(KINDS, path);
  if (kind) return answerList(method, kind, above, call);
  const [, list = '', id = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
  return answerRow(method, find(KINDS, list)[0], decodeURIComponent(id), call);
}

function answerList(method: string, kind: Kind, aboveId: string | undefined, { store, url, body }: Plain): Response {
  const { collection, required = [], filters, under: [parents = '', key = ''] = [] } = kind;
  const above = store.find(parents, aboveId);
  if (parents !== '' && above === undefined) return missing();
  const named = parents === '' ? {} : { [key]: aboveId };
  if (method === 'GET') {
    return page(
      store.rows(collection).filter((row) => parents === '' || row[key] === aboveId),
      url,
      filters,
    );
  }
  if (method !== 'POST') return missing();
  const made = () => created(store.create(collection, { ...body, ...named, ...kind.defaults?.(body, above) }));
  return incomplete(body, required) ?? made();
}

function answerRow(method: string, kind: Kind | undefined, id: string, { store, body }: Plain): Response {
  const row = kind && store.find(kind.collection, id);
  if (kind === undefined || row === undefined) return missing();
  if (method === 'PATCH') return changed(store, kind.collection, id, body);
  return method === 'DELETE' ? removed(store, row) : Response.json(row);
}

/** The entry whose path fits, and what stands in place of each `{}`. */
function find<T>(table: Readonly<Record<string, T>>, path: string): [T | undefined, string[]] {
  for (const [template, entry] of Object.entries(table)) {
    const match = new RegExp(`^${template.replaceAll('{}', '([^/]+)')}$`).exec(path);
    if (match) return [entry, match.slice(1).map(decodeURIComponent)];
  }
  return [undefined, []];
}

function seed(store: Store, user: string): void {
  for (const name of ['Contracts', 'Reports']) {
    store.create('folders', { name, part_type: 'FOLDER', parent_path_part_id: null, materialized_path: `/${name}` });
  }
  store.create('tenants', { name: 'Example Tenant' });
  store.create('tenant_users', { user_id: user, email: 'user@example.com', role: 'USER' });
  store.create('invites', { email: 'new@example.com', role: 'USER' });
}

function asRow(value: unknown): Row {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
