// The commands of kscli settings: a name, one line, and where the rest is.

import type { Group } from '../../argv/command.ts';

export const settings: Group = {
  summary: 'Show and change settings, or choose an environment',
  commands: {
    show: {
      summary: 'Show every setting, its value and where it came from',
      load: async () => (await import('./show.ts')).settingsShow,
    },
    set: {
      summary: 'Write one setting to the config file',
      load: async () => (await import('./set.ts')).settingsSet,
    },
    unset: {
      summary: 'Remove one setting from the config file',
      load: async () => (await import('./unset.ts')).settingsUnset,
    },
    environment: {
      summary: 'Write the base URL of an environment to the config file',
      load: async () => (await import('./environment.ts')).settingsEnvironment,
    },
  },
};
