// kscli tenants: tenants, their users and their looks.

import { choice, object, text, upload } from '../schema/fields.ts';
import { defineResource, del, get, getEach, list, patch, post, remove } from '../schema/rows.ts';

const LOGO = choice('Which of the logos', ['logo', 'logo_dark', 'favicon'], { serverDefault: 'logo' });
const IMAGES = ['png', 'jpg', 'jpeg', 'svg', 'webp', 'ico'] as const;
const LARGEST_LOGO = 2 * 1024 * 1024;

/** Users as a tenant sees them. */
export const MEMBERS = {
  columns: ['user_id', 'email', 'role', 'created_at', 'deactivated_on'],
  id: 'user_id',
} as const;

export const tenants = defineResource({
  name: 'tenants',
  columns: ['id', 'name'],
  operations: {
    list: list('/v1/tenants', { summary: 'List tenants' }),
    me: get('/v1/tenants/me', { summary: 'Show the tenant of the session' }),
    describe: getEach('/v1/tenants/{tenant_id}', { summary: 'Show a tenant' }),
    create: post('/v1/tenants', {
      summary: 'Create a tenant, on older servers',
      unknownMessage: 'this server creates no tenants',
      body: {
        name: text('Tenant name', { short: 'n', required: true }),
        idp_config: object('Configuration of the identity provider'),
      },
    }),
    update: patch('/v1/tenants/{tenant_id}', {
      summary: 'Change a tenant',
      body: {
        name: text('New name', { short: 'n' }),
        idp_config: object('New configuration of the identity provider', {
          needs: { provider: ['OAUTH2', 'FANWEI_E9'], configuration: 'object' },
        }),
        'settings.language': choice('Language of the frontend', ['en', 'zh']),
        'settings.description': text('Description'),
        'settings.timezone': text('Time zone', { example: 'Europe/Berlin' }),
        'settings.brand_name': text('Brand name'),
        'settings.brand_color': text('Brand color', { example: "'#ff8800'" }),
        'settings.theme_overrides': object('Values of the theme, all of them texts', { ofTexts: true }),
      },
    }),
    delete: remove('/v1/tenants/{tenant_id}', 'tenant'),
    'list-users': list('/v1/tenants/{tenant_id}/users', { summary: 'List the users of a tenant', ...MEMBERS }),
    'upload-logo': post('/v1/tenants/{tenant_id}/branding/logo', {
      summary: 'Upload a logo of a tenant',
      form: {
        file: upload('Image to upload', {
          required: true,
          endings: IMAGES,
          maxBytes: LARGEST_LOGO,
          example: 'logo.png',
        }),
        logo_type: LOGO,
      },
      columns: ['id', 'name', 'branding'],
    }),
    'delete-logo': del('/v1/tenants/{tenant_id}/branding/logo', {
      summary: 'Delete a logo of a tenant',
      query: { logo_type: LOGO },
      confirmation: 'Delete {logo_type} of tenant {tenant_id}',
      successMessage: 'Deleted {logo_type} of tenant {tenant_id}',
    }),
    'directory-sync': post('/v1/auth/sso/{tenant_id}/directory_sync', {
      summary: "Copy the users of a tenant's directory",
      isLasting: true,
      columns: ['users_created', 'users_updated', 'users_deactivated', 'warnings', 'errors'],
      id: false,
      errorsKey: 'errors',
    }),
  },
});
