// kscli logout: nothing of the token or the key stays behind.

import { credentialsFile, removeCredentials } from '../auth/store.ts';
import { defineCommand } from '../command/command.ts';

export const logout = defineCommand({
  options: {},
  arguments: {},
  examples: ['kscli logout'],
  run: async (_input, { settings, world }) => {
    const path = credentialsFile(settings.credentialsPath);
    const removed = await removeCredentials(path, world);
    return {
      data: { credentials_path: path, removed },
      text: removed ? `Removed ${path}\n` : `No credentials in ${path}\n`,
      id: 'credentials_path',
    };
  },
});
