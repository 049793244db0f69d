// The exchange of an admin key for a token: the words, the request, and what the server issues.

import { OTHER_USER, TENANT, USER } from '../backend/server.ts';
import { TOKEN_END, token } from '../kscli.ts';

export const OTHER_TENANT = '00000000-0000-0000-0002-000000000002';
/** The environment of who has the admin key. */
export const KEY = { ADMIN_API_KEY: 'the-admin-key' };
export const IDS = `--tenant-id ${TENANT} --user-id ${USER}`;
export const ASSUME = 'POST /v1/auth/assume_user';
export const ISSUED = { [ASSUME]: { json: { token: token() } } };
/** A token that says itself that it is for another user of another tenant. */
export const OTHERS = token({ exp: Date.parse(TOKEN_END) / 1000, sub: OTHER_USER, tenant_id: OTHER_TENANT });
