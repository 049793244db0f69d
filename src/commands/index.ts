// The tree of commands: a name, one line, and where the rest is.

import type { Group } from '../command/command.ts';

export const COMMANDS: Group = {
  summary: 'Act as one user of one Knowledge Stack tenant.',
  examples: [
    'export ADMIN_API_KEY=your-admin-key',
    'kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001',
    'kscli whoami',
  ],
  commands: {
    'assume-user': {
      summary: 'Act as a user from now on: exchange the admin key for a token and keep it',
      load: async () => (await import('./assume-user.ts')).assumeUserCommand,
    },
    whoami: {
      summary: 'Show the user and tenant that commands act as',
      load: async () => (await import('./whoami.ts')).whoami,
    },
    logout: {
      summary: 'Remove the token and the admin key from this machine',
      load: async () => (await import('./logout.ts')).logout,
    },
    doctor: {
      summary: 'Find out why it does not work: settings, credentials, network, certificates, token',
      load: async () => (await import('./doctor.ts')).doctor,
    },
    settings: {
      summary: 'Show the settings, or choose an environment',
      commands: {
        show: {
          summary: 'Show every setting, its value and where it came from',
          load: async () => (await import('./settings-show.ts')).settingsShow,
        },
        environment: {
          summary: 'Write the base URL of an environment to the config file',
          load: async () => (await import('./settings-environment.ts')).settingsEnvironment,
        },
      },
    },
  },
};
