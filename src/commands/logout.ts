// kscli logout: nothing of the token or the key stays behind.

import { defineCommand } from '../argv/command.ts';
import { credentialsFile, removeCredentials } from '../auth/store.ts';
import { cleanUpConfig } from '../settings/config-file.ts';

export const logout = defineCommand({
  flags: {},
  args: {},
  examples: ['kscli logout'],
  // A secret must be removable, whatever is wrong with the settings.
  isLenient: true,
  run: async (_input, { settings, world }) => {
    const path = credentialsFile(settings.credentialsPath, world.platform);
    const removed = await removeCredentials(path, world);
    await cleanUpConfig(settings.configPath, world);
    return {
      show: {
        data: { credentials_path: path, removed },
        text: removed ? `Removed ${path}\n` : `No credentials in ${path}\n`,
        id: 'credentials_path',
      },
    };
  },
});
