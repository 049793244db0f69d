// kscli users: the acting user, and the users of its tenant.

import { choice, text, uuid } from '../schema/fields.ts';
import { defineResource, del, patch, post } from '../schema/rows.ts';
import { ROLES } from './choices.ts';
import { MEMBERS } from './tenants.ts';

const TENANT = { tenant_id: uuid('Tenant', { from: 'tenantId' }) } as const;
const EMAIL = { email: text('Email address', { required: true, example: 'user@example.com' }) } as const;

export const users = defineResource({
  name: 'users',
  columns: ['id', 'email', 'default_tenant_id'],
  operations: {
    update: patch('/v1/users', {
      summary: 'Change the acting user',
      body: {
        default_tenant_id: uuid('New default tenant'),
        first_name: text('New first name'),
        last_name: text('New last name'),
      },
    }),
    'update-role': patch('/v1/tenants/{tenant_id}/users/{user_id}', {
      summary: 'Change the role of a user in a tenant',
      pathFlags: TENANT,
      body: { role: choice('New role', ROLES, { required: true }) },
      ...MEMBERS,
    }),
    activate: post('/v1/tenants/{tenant_id}/users/{user_id}/activate', {
      summary: 'Activate a user in a tenant',
      each: true,
      pathFlags: TENANT,
      successMessage: 'Activated user {user_id}',
      ...MEMBERS,
    }),
    deactivate: post('/v1/tenants/{tenant_id}/users/{user_id}/deactivate', {
      summary: 'Deactivate a user in a tenant, and end all memberships in its groups',
      each: true,
      pathFlags: TENANT,
      confirmation: 'Deactivate, and take out of all groups for good, user {user_id}',
      successMessage: 'Deactivated user {user_id}',
      ...MEMBERS,
    }),
    remove: del('/v1/tenants/{tenant_id}/users/{user_id}', {
      summary: 'Remove a user from a tenant',
      each: true,
      pathFlags: TENANT,
      confirmation: 'Remove user {user_id} from tenant {tenant_id}',
      successMessage: 'Removed user {user_id} from tenant {tenant_id}',
    }),
    'send-reset-email': post('/v1/auth/pw/send_reset_email', {
      summary: 'Send an email with which a user chooses a new password',
      isLasting: true,
      body: EMAIL,
      columns: ['email_id'],
      id: 'email_id',
    }),
    'send-verification-email': post('/v1/auth/pw/email_verification', {
      summary: 'Send an email that verifies an address',
      isLasting: true,
      body: EMAIL,
      columns: ['email_id'],
      id: 'email_id',
    }),
  },
});
