// kscli users: the acting user.

import { uuid } from '../schema/fields.ts';
import { defineResource, patch } from '../schema/operations.ts';

export const users = defineResource({
  name: 'users',
  columns: ['id', 'email', 'default_tenant_id'],
  operations: {
    update: patch('/v1/users', {
      summary: 'Change the default tenant of the acting user',
      body: { default_tenant_id: uuid('New default tenant', { required: true }) },
    }),
  },
});
