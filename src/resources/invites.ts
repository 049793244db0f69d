// kscli invites: invites to join a tenant.

import { choice, text, uuid } from '../schema/fields.ts';
import { defineResource, list, post, remove } from '../schema/operations.ts';

export const invites = defineResource({
  name: 'invites',
  columns: ['id', 'email', 'role', 'created_at'],
  operations: {
    list: list('/v1/invites', { summary: 'List invites' }),
    create: post('/v1/invites', {
      summary: 'Create an invite',
      body: {
        tenant_id: uuid('Tenant', { from: 'tenantId' }),
        email: text('Email address', { required: true, example: 'user@example.com' }),
        role: choice('Role in the tenant', ['USER', 'OWNER', 'ADMIN'], { required: true }),
      },
    }),
    delete: remove('/v1/invites/{invite_id}', 'invite'),
    accept: post('/v1/invites/{invite_id}/accept', { summary: 'Accept an invite', id: 'tenant_id' }),
  },
});
