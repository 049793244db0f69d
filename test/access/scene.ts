// A document two levels down, its users, groups and grants, as answers of a server to one who explains access.

import { OTHER_USER, TENANT, USER } from '../backend/server.ts';
import type { Home, Stub, Stubs } from '../kscli.ts';
import { nameRoutes } from '../transcript.ts';

const id = (kind: number, number: number) => `00000000-0000-0000-000${kind}-00000000000${number}`;

export const [SHARED, REPORTS, REPORT] = [id(4, 1), id(4, 2), id(4, 3)] as const;
export const FINANCE = id(5, 1);
export const BOB = OTHER_USER;

const level = (path_part_id: string, parent_path_id: string | null, path: string, part_type: string) => ({
  path_part_id,
  parent_path_id,
  name: path.split('/').at(-1),
  part_type,
  materialized_path: path,
  metadata_obj_id: null,
});

export const LEVELS = [
  level(SHARED, null, '/shared', 'FOLDER'),
  level(REPORTS, SHARED, '/shared/reports', 'FOLDER'),
  level(REPORT, REPORTS, '/shared/reports/2026.pdf', 'DOCUMENT'),
];

export const page = (...items: object[]) => ({ json: { items, total: items.length } });
export const grant = (number: number, path_part_id: string, capability = 'READ_ONLY') => ({
  id: id(6, number),
  path_part_id,
  capability,
});
export const group = (group_id: string, name: string, member_count = 2) => ({ id: group_id, name, member_count });
export const DENIED: Stub = { status: 403, json: { detail: 'Only for admins and owners' } };

const FIRST = 'limit=100&offset=0';

/** Routes by the words that tests use. */
export const ROUTES = {
  levels: `GET /v1/path-parts/${REPORT}/ancestry`,
  me: 'GET /v1/users/me',
  own: grantsRoute(USER),
  ofBob: grantsRoute(BOB),
  mine: 'GET /v1/tenant-groups/my-group',
  groups: `GET /v1/tenant-groups?${FIRST}`,
  ofFinance: `GET /v1/tenant-groups/${FINANCE}/permissions?${FIRST}`,
  inFinance: `GET /v1/tenant-groups/${FINANCE}/members?${FIRST}`,
  users: `GET /v1/tenants/${TENANT}/users?${FIRST}`,
  proof: `GET /v1/path-parts/${REPORT}`,
} as const;

function grantsRoute(user: string): string {
  return `GET /v1/user-permissions?tenant_id=${TENANT}&user_id=${user}&${FIRST}`;
}

/** @param role of the user that acts */
export function me(role = 'USER'): Stub {
  return { json: { id: USER, email: 'user@example.com', current_tenant_role: role } };
}

export function user(role = 'USER', deactivated_on: string | null = null): object {
  return { user_id: BOB, email: 'bob@example.com', role, deactivated_on };
}

/** What is asked about the one who acts; each answer can be another. */
export function ofSelf(changes: Partial<Record<keyof typeof ROUTES, Stub>> = {}): Stubs {
  return toStubs({ levels: { json: { ancestors: LEVELS } }, me: me(), own: page(), mine: { json: [] }, ...changes });
}

/** What an admin asks about Bob. */
export function ofBob(changes: Partial<Record<keyof typeof ROUTES, Stub>> = {}): Stubs {
  return toStubs({
    levels: { json: { ancestors: LEVELS } },
    me: me('ADMIN'),
    users: page(user()),
    ofBob: page(),
    groups: page(),
    ...changes,
  });
}

function toStubs(answers: Partial<Record<keyof typeof ROUTES, Stub>>): Stubs {
  return Object.fromEntries(Object.entries(answers).map(([name, stub]) => [ROUTES[name as keyof typeof ROUTES], stub]));
}

/** The transcript, where requests have the names of their routes. */
export async function explain(home: Home, words: string, stubs: Stubs = {}): Promise<string> {
  return nameRoutes(await home.kscli(`permissions explain ${words}`, stubs), ROUTES);
}
