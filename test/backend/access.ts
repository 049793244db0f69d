// Who may see and change what on the stand-in backend: for users that are held to their grants, the rules of the API in a small
// way. Everybody else sees everything but what is hidden from them.

import { missing, page } from './answers.ts';
import { pathPart } from './marks.ts';
import { parentOf, type Row, type Store } from './store.ts';

type Right = 'read' | 'write';

const MANAGERS = ['ADMIN', 'OWNER'];

export function findRole(store: Store, userId: string): unknown {
  return store.rows('tenant_users').find((row) => row['user_id'] === userId)?.['role'];
}

function isManager(store: Store, userId: string): boolean {
  return MANAGERS.includes(String(findRole(store, userId)));
}

function groupsOf(store: Store, userId: string): Row[] {
  const ids = new Set(store.rows('members').flatMap((row) => (row['user_id'] === userId ? [row['group_id']] : [])));
  return store.rows('groups').filter(({ id }) => ids.has(id));
}

/** The grants are those of the user and of all groups that they are in; each holds for all that is below. */
export function mayDo(right: Right, row: Row, userId: string, store: Store): boolean {
  if (isManager(store, userId)) return true;
  const groups = new Set(groupsOf(store, userId).map(({ id }) => id));
  const grants = [
    ...store.rows('permissions').filter((grant) => grant['user_id'] === userId),
    ...store.rows('group_permissions').filter((grant) => groups.has(grant['group_id'])),
  ];
  const enough = right === 'read' ? ['READ_ONLY', 'READ_WRITE'] : ['READ_WRITE'];
  const byPart = new Map(store.parts().map((part) => [part['path_part_id'], part]));
  for (let at: Row | undefined = row; at; at = byPart.get(parentOf(at))) {
    const id = at['path_part_id'];
    if (at['materialized_path'] === `/users/${userId}`) return true;
    if (grants.some((grant) => grant['path_part_id'] === id && enough.includes(String(grant['capability']))))
      return true;
  }
  return false;
}

/** Ids of the rows that the user may not read. */
export function hiddenFrom(userId: string, store: Store): ReadonlySet<string> {
  const closed = store.parts().filter((row) => !mayDo('read', row, userId, store));
  return new Set(closed.map(({ id }) => String(id)));
}

/** The answers that depend on who asks; undefined for all others. */
export function answerHeld(method: string, url: URL, userId: string, store: Store): Response | undefined {
  if (method !== 'GET') return undefined;
  const path = url.pathname.replace(/^\/v1\//, '');
  const part = /^path-parts\/([^/]+)(\/ancestry)?$/.exec(path);
  if (part) return answerPart(part[1], part[2] !== undefined, userId, store);
  if (path === 'tenant-groups/my-group') return Response.json(groupsOf(store, userId));
  if (isManager(store, userId)) return undefined;
  if (path === 'user-permissions' || /^tenants\/[^/]+\/users$/.test(path)) return refuse('Requires OWNER or ADMIN');
  const groups = groupsOf(store, userId);
  if (path === 'tenant-groups') return page(groups, url);
  const [, group] = /^tenant-groups\/([^/]+)/.exec(path) ?? [];
  return group === undefined || groups.some(({ id }) => id === group) ? undefined : refuse('Not in this group');
}

function answerPart(id: string | undefined, withAncestors: boolean, userId: string, store: Store): Response {
  const find = (key: unknown) => store.parts().find((row) => row['path_part_id'] === key);
  const row = find(id);
  if (row === undefined) return missing();
  if (!mayDo('read', row, userId, store)) return refuse('No access to this path part');
  if (!withAncestors)
    return Response.json({ ...pathPart(row), can_read: true, can_write: mayDo('write', row, userId, store) });
  const ancestors: Row[] = [];
  for (let at: Row | undefined = row; at; at = find(parentOf(at))) ancestors.unshift(pathPart(at));
  return Response.json({ ancestors });
}

function refuse(detail: string): Response {
  return Response.json({ detail }, { status: 403 });
}
