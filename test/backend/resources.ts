// The API's resources on the stand-in backend, driven by one table: which collection a path means, and what its rows hold.

import { ACTIONS, changed, removed } from './actions.ts';
import { created, missing, noMethod, page, unknown } from './answers.ts';
import type { Call } from './call.ts';
import { judge } from './description.ts';
import { createStore, type Row, type Store, seenWithout } from './store.ts';
import { FORMER_WORKFLOWS } from './workflows.ts';

type Kind = {
  readonly collection: string;
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
    filters: ['parent_path_part_id'],
    defaults: () => ({ part_type: 'FOLDER' }),
  },
  documents: {
    collection: 'documents',
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
    defaults: () => ({ part_type: 'SECTION' }),
  },
  chunks: {
    collection: 'chunks',
    defaults: () => ({ part_type: 'CHUNK' }),
  },
  tags: {
    collection: 'tags',
    defaults: ({ color, description }) => ({ color: color ?? '000000', description: description ?? null }),
  },
  tenants: { collection: 'tenants' },
  'tenants/{}/users': { collection: 'tenant_users' },
  'user-permissions': {
    collection: 'permissions',
    filters: ['user_id'],
  },
  invites: { collection: 'invites' },
  'tenant-groups': { collection: 'groups', defaults: () => ({ member_count: 0 }) },
  'tenant-groups/{}/members': { collection: 'members', under: ['groups', 'group_id'] },
  'tenant-groups/{}/permissions': { collection: 'group_permissions', under: ['groups', 'group_id'] },
  'workflow-definitions': { collection: 'definitions' },
  'workflow-runs': { collection: 'runs' },
  feedback: { collection: 'feedback', filters: ['target_type', 'target_id', 'rating'] },
  threads: {
    collection: 'threads',
    filters: ['parent_path_part_id'],
    defaults: ({ title }) => ({ part_type: 'THREAD', name: title }),
  },
  'threads/{}/messages': {
    collection: 'messages',
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
    const call = { store, url, body: asRow(body), user };
    if (resources.generation === 'former') {
      if (/^workflows(\/|$)/.test(path)) return answerFormer(method, path, call);
      if (`${method} ${path}` === 'POST tenants') return plain(method, path, call);
    }
    const refusal = judge(method, url, call.body);
    if (refusal) return refusal;
    const [action, ids] = find(ACTIONS, `${method} ${path}`);
    return action ? action({ ...call, ids }) : plain(method, path, call);
  };
  const resources: Resources = Object.assign(answer, { store: whole, generation: 'described' as const });
  return resources;
}

type Plain = Omit<Call, 'ids'>;

function answerFormer(method: string, path: string, call: Plain): Response {
  const [action, ids] = find(FORMER_WORKFLOWS, `${method} ${path}`);
  if (action) return action({ ...call, ids });
  const isKnown = ['GET', 'POST'].some((other) => find(FORMER_WORKFLOWS, `${other} ${path}`)[0]);
  return isKnown ? noMethod() : unknown();
}

function plain(method: string, path: string, call: Plain): Response {
  const [kind, [above]] = find(KINDS, path);
  if (kind) return answerList(method, kind, above, call);
  const [, list = '', id = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
  return answerRow(method, find(KINDS, list)[0], decodeURIComponent(id), call);
}

function answerList(method: string, kind: Kind, aboveId: string | undefined, { store, url, body }: Plain): Response {
  const { collection, filters, under: [parents = '', key = ''] = [] } = kind;
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
  return created(store.create(collection, { ...body, ...named, ...kind.defaults?.(body, above) }));
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
    store.create('folders', { name, part_type: 'FOLDER', parent_path_part_id: null });
  }
  store.create('tenants', { name: 'Example Tenant' });
  store.create('tenant_users', { user_id: user, email: 'user@example.com', role: 'USER', deactivated_on: null });
  store.create('invites', { email: 'new@example.com', role: 'USER' });
}

function asRow(value: unknown): Row {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
