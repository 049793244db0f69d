// The requests that tell who may what. Data alone.

import type { Identity } from '../auth/identity.ts';
import { type ApiRequest, encodeSegment } from '../http/request.ts';

export const ME: ApiRequest = { method: 'GET', path: '/v1/users/me' };
export const OWN_GROUPS: ApiRequest = { method: 'GET', path: '/v1/tenant-groups/my-group' };
/** To an admin or owner all of them, to others only their own. */
export const GROUPS: ApiRequest = { method: 'GET', path: '/v1/tenant-groups' };

/** For admins and owners alone. */
export const grantsOf = ({ tenantId, userId }: Identity): ApiRequest => ({
  method: 'GET',
  path: '/v1/user-permissions',
  query: [
    ['tenant_id', tenantId],
    ['user_id', userId],
  ],
});

export const grantsOfGroup = (id: string): ApiRequest => ofGroup(id, 'permissions');
export const membersOf = (id: string): ApiRequest => ofGroup(id, 'members');
export const usersOf = (tenantId: string): ApiRequest => ({
  method: 'GET',
  path: `/v1/tenants/${encodeSegment(tenantId)}/users`,
});

function ofGroup(id: string, what: 'permissions' | 'members'): ApiRequest {
  return { method: 'GET', path: `/v1/tenant-groups/${encodeSegment(id)}/${what}` };
}
