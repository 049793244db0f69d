// kscli tenant-groups: groups of a tenant's users, and what they may do.

import { choice, idOf, text, uuid } from '../schema/fields.ts';
import { defineResource, del, get, getEach, list, patch, post, remove } from '../schema/rows.ts';
import { CAPABILITIES } from './choices.ts';

const USER = { user_id: uuid('User', { required: true }) } as const;
const PERMISSION = { permission_id: uuid('Permission of the group', { required: true }) } as const;
const MEMBERS = { columns: ['user_id', 'group_id', 'created_at'], id: 'user_id' } as const;
const PERMISSIONS = { columns: ['id', 'path_part_id', 'materialized_path', 'capability', 'created_at'] } as const;

export const tenantGroups = defineResource({
  name: 'tenant-groups',
  columns: ['id', 'name', 'description', 'member_count', 'created_at'],
  operations: {
    list: list('/v1/tenant-groups', { summary: 'List groups' }),
    'list-mine': get('/v1/tenant-groups/my-group', { summary: 'List the groups of the acting user' }),
    describe: getEach('/v1/tenant-groups/{group_id}', { summary: 'Show a group' }),
    create: post('/v1/tenant-groups', {
      summary: 'Create a group',
      body: {
        name: text('Group name', { short: 'n', required: true, min: 1, max: 255 }),
        description: text('Description', { max: 1024 }),
      },
    }),
    update: patch('/v1/tenant-groups/{group_id}', {
      summary: 'Change a group',
      body: {
        name: text('New name', { short: 'n', min: 1, max: 255 }),
        description: text('New description'),
      },
    }),
    delete: remove('/v1/tenant-groups/{group_id}', 'tenant group'),
    'list-members': list('/v1/tenant-groups/{group_id}/members', { summary: 'List the users in a group', ...MEMBERS }),
    'add-member': post('/v1/tenant-groups/{group_id}/members', {
      summary: 'Add a user to a group',
      body: USER,
      ...MEMBERS,
    }),
    'remove-member': del('/v1/tenant-groups/{group_id}/members/{user_id}', {
      summary: 'Remove a user from a group',
      pathFlags: USER,
      confirmation: 'Remove user {user_id} from tenant group {group_id}',
      successMessage: 'Removed user {user_id} from tenant group {group_id}',
    }),
    'list-permissions': list('/v1/tenant-groups/{group_id}/permissions', {
      summary: 'List the permissions of a group',
      ...PERMISSIONS,
    }),
    'add-permission': post('/v1/tenant-groups/{group_id}/permissions', {
      summary: 'Add a permission to a group',
      body: {
        path_part_id: idOf('path part', 'Path part', { required: true }),
        capability: choice('Capability', CAPABILITIES, { required: true }),
      },
      ...PERMISSIONS,
    }),
    'update-permission': patch('/v1/tenant-groups/{group_id}/permissions/{permission_id}', {
      summary: 'Change a permission of a group',
      pathFlags: PERMISSION,
      body: { path_part_id: idOf('path part', 'New path part'), capability: choice('New capability', CAPABILITIES) },
      ...PERMISSIONS,
    }),
    'remove-permission': del('/v1/tenant-groups/{group_id}/permissions/{permission_id}', {
      summary: 'Remove a permission from a group',
      pathFlags: PERMISSION,
      confirmation: 'Remove permission {permission_id} from tenant group {group_id}',
      successMessage: 'Removed permission {permission_id} from tenant group {group_id}',
    }),
  },
});
