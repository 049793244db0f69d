// kscli tenants: tenants and their users.

import { object, text } from '../schema/fields.ts';
import { defineResource, get, list, patch, post, remove } from '../schema/operations.ts';

export const tenants = defineResource({
  name: 'tenants',
  columns: ['id', 'name'],
  operations: {
    list: list('/v1/tenants', { summary: 'List tenants' }),
    describe: get('/v1/tenants/{tenant_id}', { summary: 'Show a tenant' }),
    create: post('/v1/tenants', {
      summary: 'Create a tenant',
      body: {
        name: text('Tenant name', { short: 'n', required: true }),
        idp_config: object('Configuration of the identity provider'),
      },
    }),
    update: patch('/v1/tenants/{tenant_id}', {
      summary: 'Change a tenant',
      body: {
        name: text('New name', { short: 'n' }),
        idp_config: object('New configuration of the identity provider'),
      },
    }),
    delete: remove('/v1/tenants/{tenant_id}', 'tenant'),
    'list-users': list('/v1/tenants/{tenant_id}/users', {
      summary: 'List the users of a tenant',
      columns: ['user_id', 'email', 'role', 'created_at'],
      id: 'user_id',
    }),
  },
});
