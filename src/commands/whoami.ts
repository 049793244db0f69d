// kscli whoami: the identity as the server sees it, and until when.

import { defineCommand } from '../argv/command.ts';
import type { Identity } from '../auth/identity.ts';
import { openSession } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { isObject, type JsonObject, nonEmptyString, withFields } from '../json/value.ts';
import { canonicalUuid } from '../schema/uuid.ts';

export const whoami = defineCommand({
  flags: {},
  args: {},
  examples: ['kscli whoami', 'kscli whoami --format json'],
  run: async (_input, context) => {
    const session = await openSession(context);
    const user = await session.json({ method: 'GET', path: '/v1/users/me' });
    if (!isObject(user)) throw new Failure('answer', 'The server did not answer with a user');
    await warnOfOtherIdentity(user, session.identity, context);
    const added = { tenant_id: session.identity.tenantId, expires_at: session.expiresAt() };
    // The table is as it was before there were sessions.
    const isNamed = session.name !== undefined && context.settings.format !== 'table';
    return { show: { data: withFields(user, { ...added, ...(isNamed && { session: session.name }) }) } };
  },
});

/** The one thing that must never go unnoticed: acting as somebody else than the credentials say. */
async function warnOfOtherIdentity(user: JsonObject, { userId, tenantId }: Identity, { log }: Context): Promise<void> {
  const seen = [
    ['user', user['id'], userId],
    ['tenant', user['current_tenant_id'], tenantId],
  ] as const;
  for (const [what, value, expected] of seen) {
    const id = canonicalUuid(nonEmptyString(value) ?? '');
    if (id !== undefined && id !== expected) await log.warn(`The server sees ${what} ${id}, not ${what} ${expected}.`);
  }
}
