// kscli users: the user that commands act as.

import { uuid } from '../schema/fields.ts';
import { defineResource, patch } from '../schema/operations.ts';

export const users = defineResource({
  name: 'users',
  columns: ['id', 'email', 'default_tenant_id'],
  operations: {
    update: patch('/v1/users', {
      summary: 'Choose the tenant that the user starts in',
      body: { default_tenant_id: uuid('Tenant to start in', { required: true }) },
    }),
  },
});
