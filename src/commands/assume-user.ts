// kscli assume-user: from an admin key to the token that every other command uses.

import { defineCommand } from '../argv/command.ts';
import { requireAdminKey } from '../auth/admin-key.ts';
import { assumeUser } from '../auth/assume-user.ts';
import { requireExpected } from '../auth/expected.ts';
import type { Identity } from '../auth/identity.ts';
import { credentialsFile, prepareCredentials, saveCredentials } from '../auth/store.ts';
import { Failure } from '../errors.ts';
import { describeExposure } from '../files/profile.ts';
import { uuid } from '../schema/fields.ts';

export const assumeUserCommand = defineCommand({
  flags: {
    'tenant-id': uuid('Tenant to act in', { notes: 'or KSCLI_TENANT_ID' }),
    'user-id': uuid('User to act as', { notes: 'or KSCLI_USER_ID' }),
  },
  args: {},
  examples: [
    'export ADMIN_API_KEY=your-admin-key',
    'kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001',
  ],
  run: async (input, context) => {
    const { settings, world } = context;
    const identity = requireIdentity(input['tenant-id'] ?? settings.tenantId, input['user-id'] ?? settings.userId);
    requireExpected(identity, settings);
    const path = credentialsFile(settings.credentialsPath, world.platform);
    prepareCredentials(path, world);
    const exposure = describeExposure(path, world);
    if (exposure) await context.log.warn(`${path} is ${exposure}: other users of this machine may be able to read it.`);
    const adminKey = await requireAdminKey(context);
    const credentials = await assumeUser(identity, adminKey, context);
    await saveCredentials(path, credentials, world);
    const { userId, tenantId } = identity;
    const { expiresAt } = credentials;
    return {
      show: {
        data: { user_id: userId, tenant_id: tenantId, expires_at: expiresAt },
        text: `Authenticated as user ${userId} in tenant ${tenantId}\nToken expires: ${expiresAt}\n`,
        id: 'user_id',
      },
    };
  },
});

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
