// kscli invites: invites to join a tenant.

import { choice, text, uuid } from '../schema/fields.ts';
import { defineResource, list, post, remove } from '../schema/rows.ts';
import { ROLES } from './choices.ts';

export const invites = defineResource({
  name: 'invites',
  columns: ['id', 'email', 'role', 'created_at', 'expires_at', 'accepted_at'],
  operations: {
    list: list('/v1/invites', {
      summary: 'List invites',
      query: {
        email: text('Part of the email address'),
        status: choice('State', ['pending', 'accepted', 'expired'], { serverDefault: 'pending' }),
      },
    }),
    create: post('/v1/invites', {
      summary: 'Create an invite',
      body: {
        tenant_id: uuid('Tenant', { from: 'tenantId' }),
        email: text('Email address', { required: true, example: 'user@example.com' }),
        role: choice('Role in the tenant', ROLES, { required: 'here' }),
      },
    }),
    delete: remove('/v1/invites/{invite_id}', 'invite'),
    accept: post('/v1/invites/{invite_id}/accept', {
      summary: 'Accept an invite',
      columns: ['tenant_id', 'role'],
      id: 'tenant_id',
    }),
  },
});
