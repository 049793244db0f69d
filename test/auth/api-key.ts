// An API key of a user: who brings it, whose the server says that it is, and what is kept of it.

import { TENANT, USER } from '../backend/server.ts';

export const KEY = 'sk-user-0123456789abcdef';
export const ENV = { KSCLI_API_KEY: KEY };
export const ME = 'GET /v1/users/me';
export const MINE = { [ME]: { json: { id: USER, current_tenant_id: TENANT } } };
/** The fields of its session. */
export const FULL = { api_key: KEY, base_url: 'https://api.knowledgestack.ai', user_id: USER, tenant_id: TENANT };
