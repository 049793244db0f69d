// kscli assume-user: from an admin key to the token that every other command uses.

import { defineCommand } from '../argv/command.ts';
import { requireAdminKey } from '../auth/admin-key.ts';
import { assumeUser } from '../auth/assume-user.ts';
import { requireExpected } from '../auth/expected.ts';
import { credentialsFile, prepareCredentials, saveCredentials } from '../auth/store.ts';
import { uuid } from '../schema/fields.ts';

export const assumeUserCommand = defineCommand({
  flags: {
    'tenant-id': uuid('Tenant to act in', { required: true }),
    'user-id': uuid('User to act as', { required: true }),
  },
  args: {},
  examples: [
    'export ADMIN_API_KEY=your-admin-key',
    'kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001',
  ],
  run: async (input, context) => {
    const { settings, world } = context;
    const identity = { tenantId: input['tenant-id'], userId: input['user-id'] };
    requireExpected(identity, settings);
    const path = credentialsFile(settings.credentialsPath);
    prepareCredentials(path, world);
    const adminKey = await requireAdminKey(context);
    const credentials = await assumeUser(identity, adminKey.value, context);
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
