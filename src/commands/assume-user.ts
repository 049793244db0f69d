// kscli assume-user: from an admin key to the token that every other command uses.

import { defineCommand, SERVER_EXITS } from '../argv/command.ts';
import { requireAdminKey } from '../auth/admin-key.ts';
import { assumeUser } from '../auth/assume-user.ts';
import { bindTo, findBinding, requireBound } from '../auth/bind.ts';
import type { TokenCredentials } from '../auth/credentials.ts';
import { requireExpected } from '../auth/expected.ts';
import type { Identity } from '../auth/identity.ts';
import { asJournalled } from '../auth/journalled.ts';
import { decideLease, LEASE_FLAGS } from '../auth/lease-flags.ts';
import { locateCredentials } from '../auth/place.ts';
import { preparePlace } from '../auth/prepare.ts';
import { saveCredentials } from '../auth/store.ts';
import { Failure } from '../errors.ts';
import { orRefused } from '../journal/policy.ts';
import type { Whole } from '../output/result.ts';
import { flag, uuid } from '../schema/fields.ts';

export const assumeUserCommand = defineCommand({
  effect: 'write',
  exits: SERVER_EXITS,
  flags: {
    'tenant-id': uuid('Tenant to act in', { notes: 'or KSCLI_TENANT_ID' }),
    'user-id': uuid('User to act as', { notes: 'or KSCLI_USER_ID' }),
    replace: flag('Bind a named session anew: to another tenant, user or base URL, and without its --read-only'),
    ...LEASE_FLAGS,
  },
  args: {},
  examples: [
    'export ADMIN_API_KEY=your-admin-key',
    'kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001',
    "kscli assume-user --session acme --for 2h --reason 'wrong totals' --ticket SUP-4711",
  ],
  run: async (input, context) => {
    const { settings, world } = context;
    const place = locateCredentials(context);
    const lease = decideLease(input, context);
    const binding = findBinding(place, false, context);
    const tenantId = input['tenant-id'] ?? settings.tenantId ?? binding?.tenantId;
    const userId = input['user-id'] ?? settings.userId ?? binding?.userId;
    const { session } = place;
    const identity = requireIdentity(tenantId, userId);
    const acting = asJournalled({ ...identity, session, lease }, context);
    await orRefused(acting.journal, undefined, () => {
      requireExpected({ ...identity, session }, settings);
      requireBound(input.replace ? undefined : binding, identity, place, settings.baseUrl);
    });
    await preparePlace(place, { lease, isReplaced: input.replace }, context);
    const adminKey = await requireAdminKey(context);
    // The flag alone: a setting guards this shell, not the session.
    const isReadOnly = context.sources.readOnly.kind === 'flag';
    const wanted = { ...identity, session, isReadOnly, lease };
    const ask = () => assumeUser(wanted, adminKey, 'session.start', acting);
    const credentials = await orRefused(acting.journal, undefined, ask);
    await saveCredentials(place, credentials, world, {
      revise: (latest) => bindTo(latest, place, input.replace, context),
    });
    return { show: describe(credentials) };
  },
});

function describe({ userId, tenantId, expiresAt, lease }: TokenCredentials): Whole {
  const end = lease?.until;
  const lines = [
    `Authenticated as user ${userId} in tenant ${tenantId}`,
    `Token expires: ${expiresAt}`,
    ...(end === undefined ? [] : [`Lease ends: ${end}`]),
  ];
  return {
    data: { user_id: userId, tenant_id: tenantId, expires_at: expiresAt, ...(end && { lease_until: end }) },
    text: `${lines.join('\n')}\n`,
    id: 'user_id',
  };
}

/** @throws Failure 'usage' that names every missing option */
function requireIdentity(tenantId: string | undefined, userId: string | undefined): Identity {
  if (tenantId !== undefined && userId !== undefined) return { tenantId, userId };
  const missing = [
    ...(tenantId === undefined ? ['--tenant-id <uuid>'] : []),
    ...(userId === undefined ? ['--user-id <uuid>'] : []),
  ];
  throw new Failure('usage', `Missing ${missing.join(' and ')}`, {
    lines: ['In a script, KSCLI_TENANT_ID and KSCLI_USER_ID do the same.'],
  });
}
