// Tenants, their users and emails on the stand-in backend.

import { missing } from './answers.ts';
import type { Action, Call } from './call.ts';
import type { Row } from './store.ts';

const NOTHING = () => new Response(null, { status: 204 });

/** By method and path under /v1. */
export const PEOPLE: Readonly<Record<string, Action>> = {
  'GET features': () => Response.json({ google_login_enabled: false, default_frontend_language: 'en' }),
  'GET tenants/me': ({ store }) => Response.json(store.rows('tenants')[0] ?? null),
  'POST tenants/{}/branding/logo': ({ store, ids: [id], body }) => brand(store.find('tenants', id), body, true),
  'DELETE tenants/{}/branding/logo': ({ store, ids: [id], url }) =>
    brand(store.find('tenants', id), Object.fromEntries(url.searchParams), false),
  'POST auth/sso/{}/directory_sync': ({ store, ids: [id] }) =>
    store.find('tenants', id)
      ? Response.json({
          users_created: 1,
          users_updated: 0,
          users_activated: 0,
          users_deactivated: 0,
          users_skipped: 0,
          warnings: [],
          errors: [],
        })
      : missing(),
  'PATCH users': ({ body }) => Response.json({ id: 'me', ...body }),
  'PATCH tenants/{}/users/{}': (call) => change(call, call.body),
  'POST tenants/{}/users/{}/activate': (call) => change(call, { deactivated_on: null }),
  'POST tenants/{}/users/{}/deactivate': (call) => {
    for (const row of call.store.rows('members')) if (row['user_id'] === call.ids[1]) call.store.remove(row);
    return change(call, { deactivated_on: '2026-01-01T00:00:00Z' });
  },
  'DELETE tenants/{}/users/{}': ({ store, ids: [, id] }) => {
    const user = store.rows('tenant_users').find((row) => row['user_id'] === id);
    if (user === undefined) return missing();
    store.remove(user);
    return NOTHING();
  },
  'POST auth/pw/send_reset_email': ({ store }) => Response.json({ email_id: store.create('emails', {})['id'] }),
  'POST auth/pw/email_verification': ({ store }) => Response.json({ email_id: store.create('emails', {})['id'] }),
  'POST invites/{}/accept': ({ store, ids: [id] }) => {
    const invite = store.find('invites', id);
    return invite ? Response.json({ tenant_id: invite['tenant_id'], role: invite['role'] }) : missing();
  },
  'GET tenant-groups/my-group': ({ store }) => Response.json(store.rows('groups')),
  'DELETE tenant-groups/{}/members/{}': ({ store, ids: [group, user] }) => {
    const member = store.rows('members').find((row) => row['group_id'] === group && row['user_id'] === user);
    if (member === undefined) return missing();
    store.remove(member);
    return NOTHING();
  },
};

function brand(tenant: Row | undefined, { logo_type = 'logo' }: Row, isThere: boolean): Response {
  if (tenant === undefined) return missing();
  const url = isThere ? `https://files.example.com/${logo_type}` : null;
  Object.assign(tenant, { branding: { ...Object(tenant['branding']), [`${logo_type}_url`]: url } });
  return Response.json(tenant);
}

function change({ store, ids: [, id] }: Call, fields: Row): Response {
  const user = store.rows('tenant_users').find((row) => row['user_id'] === id);
  return user ? Response.json(store.change(user, fields)) : missing();
}
