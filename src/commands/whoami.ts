// kscli whoami: the identity as the server sees it, and until when.

import { defineCommand, SERVER_EXITS } from '../argv/command.ts';
import type { KnownIdentity } from '../auth/identity.ts';
import { openSession, type Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { isObject, type JsonObject, nonEmptyString, withFields } from '../json/value.ts';
import { canonicalUuid } from '../schema/uuid.ts';
import { OBJECT_VIEW } from '../schema/view.ts';

export const whoami = defineCommand({
  effect: 'read',
  exits: SERVER_EXITS,
  flags: OBJECT_VIEW,
  args: {},
  examples: ['kscli whoami', 'kscli whoami --format json'],
  run: async (_input, context) => {
    const session = await openSession(context);
    const user = await readUser(session, context);
    const tenantId = session.known.tenantId ?? readId(user, 'current_tenant_id') ?? null;
    const added = { tenant_id: tenantId, expires_at: session.expiresAt() ?? null };
    // The table is as it was before there were sessions.
    const others = context.settings.format === 'table' ? {} : describeSession(session);
    return { show: { data: withFields(user, { ...added, ...others }) } };
  },
  read: async (_input, context) => ({ data: await readUser(await openSession(context), context) }),
});

function describeSession({ name, lease }: Session): JsonObject {
  const until = lease()?.until;
  return { ...(name && { session: name }), ...(until && { lease_until: until }) };
}

async function readUser(session: Session, context: Context): Promise<JsonObject> {
  const user = await session.json({ method: 'GET', path: '/v1/users/me' });
  if (!isObject(user)) throw new Failure('answer', 'The server did not answer with a user');
  await warnOfOtherIdentity(user, session.known, context);
  return user;
}

/** The one thing that must never go unnoticed: acting as somebody else than the credentials say. */
async function warnOfOtherIdentity(
  user: JsonObject,
  { userId, tenantId }: KnownIdentity,
  { log }: Context,
): Promise<void> {
  const seen = [
    ['user', readId(user, 'id'), userId],
    ['tenant', readId(user, 'current_tenant_id'), tenantId],
  ] as const;
  for (const [what, id, expected] of seen) {
    if (id !== undefined && expected !== undefined && id !== expected)
      await log.warn(`The server sees ${what} ${id}, not ${what} ${expected}.`);
  }
}

function readId(user: JsonObject, key: string): string | undefined {
  return canonicalUuid(nonEmptyString(user[key]) ?? '');
}
