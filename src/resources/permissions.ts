// kscli permissions: the capabilities of users on path parts.

import { choice, idOf, uuid } from '../schema/fields.ts';
import { defineResource, list, patch, post, remove } from '../schema/rows.ts';
import { CAPABILITIES } from './choices.ts';

const TENANT = { tenant_id: uuid('Tenant', { from: 'tenantId' }) } as const;

export const permissions = defineResource({
  name: 'permissions',
  columns: ['id', 'user_id', 'path_part_id', 'capability', 'created_at'],
  operations: {
    list: list('/v1/user-permissions', {
      summary: 'List the permissions of a user',
      query: { ...TENANT, user_id: uuid('User', { from: 'userId' }) },
    }),
    create: post('/v1/user-permissions', {
      summary: 'Create a permission',
      body: {
        ...TENANT,
        user_id: uuid('User', { required: true }),
        path_part_id: idOf('path part', 'Path part', { required: true }),
        capability: choice('Capability', CAPABILITIES, { required: true }),
      },
    }),
    update: patch('/v1/user-permissions/{permission_id}', {
      summary: 'Change a permission',
      query: TENANT,
      body: { capability: choice('New capability', CAPABILITIES), path_part_id: idOf('path part', 'New path part') },
    }),
    delete: remove('/v1/user-permissions/{permission_id}', 'permission', { query: TENANT }),
  },
});
