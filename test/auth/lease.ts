// Leases as tests find them kept, and the assume-user that makes one.

import { TENANT, USER } from '../backend/server.ts';
import type { Home, Options } from '../kscli.ts';
import { ISSUED } from './exchange.ts';

/** Of two hours and a half. */
export const LEASE = {
  started_at: '2026-02-23T09:00:00+00:00',
  lease_until: '2026-02-23T11:30:00+00:00',
  reason: 'wrong totals',
  ticket: 'SUP-4711',
};
/** Where the clock stands at its end. */
export const AFTER = { now: Date.parse(LEASE.lease_until) };
/** What its end leaves in the file. */
export const LEFT = {
  user_id: USER,
  tenant_id: TENANT,
  base_url: 'https://api.knowledgestack.ai',
  started_at: LEASE.started_at,
  lease_until: LEASE.lease_until,
};

/** Ends 90 seconds after the command begins. */
export const ENDING = { started_at: '2026-02-23T10:00:00+00:00', lease_until: '2026-02-23T11:01:30+00:00' };
/** Each request takes a minute of the system's clock. */
export const SLOWLY = { clockStep: 60_000 };

const ENV = { ADMIN_API_KEY: 'typed-key', KSCLI_TENANT_ID: TENANT, KSCLI_USER_ID: USER };

/** @param words behind `assume-user`; where they are refused, nothing is sent */
export function assume(home: Home, words: string, { env, ...options }: Options = {}, isSent = true): Promise<string> {
  return home.kscli(`assume-user ${words}`, isSent ? ISSUED : {}, { ...options, env: { ...ENV, ...env } });
}

/** Of all that is kept, what belongs to the lease. */
export function leaseOf(home: Home): Record<string, unknown> {
  const { started_at, lease_until, reason, ticket } = home.kept();
  return { started_at, lease_until, reason, ticket };
}
