// The commands of kscli journal: a name, one line, and where the rest is.

import type { Group } from '../../argv/command.ts';

export const journal: Group = {
  summary: 'What was done, as whom and why: show it, verify it',
  commands: {
    show: {
      summary: 'Show what was done, from the files alone',
      load: async () => (await import('./show.ts')).journalShow,
    },
    verify: {
      summary: 'Find out whether a line was changed, removed or moved',
      load: async () => (await import('./verify.ts')).journalVerify,
    },
    head: {
      summary: 'Print number and hash of the last line, for the ticket',
      load: async () => (await import('./head.ts')).journalHead,
    },
    export: {
      summary: 'Print the lines of one ticket as they are',
      load: async () => (await import('./export.ts')).journalExport,
    },
  },
};
