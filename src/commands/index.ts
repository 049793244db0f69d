// The tree of commands: a name, one line, and where the rest is.

import type { Branch, Group, Node } from '../argv/command.ts';
import { RESOURCES } from '../resources/index.ts';
import type { Resource } from '../schema/operations.ts';
import { journal } from './journal/index.ts';
import { settings } from './settings/index.ts';

/** The commands of a resource, which load with it. */
const resource = (
  summary: string,
  load: () => Promise<Resource>,
  others: Readonly<Record<string, Node>> = {},
): Branch => ({
  summary,
  open: async () => (await import('../rest/command.ts')).toGroup(summary, await load(), others),
});

/** The commands under the titles that help has for them. */
const BLOCKS: Readonly<Record<string, Readonly<Record<string, Node>>>> = {
  'Sign in': {
    'assume-user': {
      summary: 'Act as a user from now on: exchange the admin key for a token and keep it',
      load: async () => (await import('./assume-user.ts')).assumeUserCommand,
    },
    login: {
      summary: 'Act as yourself from now on: try an API key of yours and keep it',
      load: async () => (await import('./login.ts')).login,
    },
    whoami: {
      summary: 'Show the user and tenant that commands act as',
      load: async () => (await import('./whoami.ts')).whoami,
    },
    logout: {
      summary: 'Remove the token and the keys from this machine',
      load: async () => (await import('./logout.ts')).logout,
    },
  },
  Content: {
    find: {
      summary: 'Find folders and documents by a part of their name',
      load: async () => (await import('./find.ts')).find,
    },
    tree: {
      summary: 'Show folders and documents as a tree',
      load: async () => (await import('./tree.ts')).tree,
    },
    folders: resource('Folders for documents and other folders', RESOURCES.folders, {
      'bulk-ingest': {
        summary: 'Upload a directory with its files and folders',
        load: async () => (await import('./folders/bulk-ingest.ts')).bulkIngest,
      },
    }),
    documents: resource('Documents in folders, and their upload', RESOURCES.documents),
    'document-versions': resource('Versions of documents, and their contents', RESOURCES['document-versions']),
    sections: resource('Sections of document versions', RESOURCES.sections),
    chunks: resource('Chunks of content, and the search for them', RESOURCES.chunks),
    'chunk-lineages': resource('Links between chunks and their parent chunks', RESOURCES['chunk-lineages']),
    tags: resource('Tags of path parts', RESOURCES.tags),
    'path-parts': resource('Nodes of the content tree', RESOURCES['path-parts']),
  },
  Work: {
    workflows: resource('Ingestion runs of uploaded files', RESOURCES.workflows, {
      wait: {
        summary: 'Wait until workflows have ended',
        load: async () => (await import('./workflows/wait.ts')).workflowsWait,
      },
    }),
    threads: resource('Conversation threads', RESOURCES.threads, {
      ask: {
        summary: 'Send a message to a thread, and show the answer as it comes',
        load: async () => (await import('./threads/ask.ts')).threadsAsk,
      },
      follow: {
        summary: 'Show the events of a thread as they come',
        load: async () => (await import('./threads/follow.ts')).threadsFollow,
      },
    }),
    'thread-messages': resource('Messages of threads', RESOURCES['thread-messages']),
    'workflow-definitions': resource('Work that machines of the customer do', RESOURCES['workflow-definitions']),
    'workflow-runs': resource('Runs of workflow definitions', RESOURCES['workflow-runs']),
    feedback: resource('Ratings of answers and documents', RESOURCES.feedback),
  },
  'People and access': {
    tenants: resource('Tenants and their users', RESOURCES.tenants),
    users: resource('The acting user, and the users of a tenant', RESOURCES.users),
    permissions: resource('Permissions of users on path parts', RESOURCES.permissions, {
      explain: {
        summary: 'Explain what a user may do with a thing, and through which grants',
        load: async () => (await import('./permissions/explain.ts')).permissionsExplain,
      },
    }),
    'tenant-groups': resource('Groups of users, and their permissions', RESOURCES['tenant-groups']),
    invites: resource('Invites to join a tenant', RESOURCES.invites),
    'api-keys': resource('API keys of the acting user', RESOURCES['api-keys']),
  },
  Other: {
    api: {
      summary: 'Send a request to any endpoint',
      load: async () => (await import('./api.ts')).api,
    },
    compare: {
      summary: 'Compare what two users see, row by row',
      load: async () => (await import('./compare.ts')).defineCompare(COMMANDS),
    },
    snapshot: {
      summary: 'Write down the tree as the acting user sees it',
      load: async () => (await import('./snapshot.ts')).snapshot,
    },
    features: resource('Features of the server', RESOURCES.features),
    sessions: {
      summary: 'Named sessions, which lie beside the unnamed one',
      commands: {
        list: {
          summary: 'Show every session, from its file alone',
          load: async () => (await import('./sessions/list.ts')).sessionsList,
        },
        remove: {
          summary: 'Remove named sessions from this machine',
          load: async () => (await import('./sessions/remove.ts')).sessionsRemove,
        },
      },
    },
    exec: {
      summary: 'Run a command, or a shell, for one session alone',
      load: async () => (await import('./exec.ts')).exec,
    },
    token: {
      summary: 'Print the token, for other programs',
      load: async () => (await import('./token.ts')).token,
    },
    prompt: {
      summary: 'Print session and time left, for the prompt of a shell',
      load: async () => (await import('./prompt.ts')).prompt,
    },
    journal,
    settings,
    doctor: {
      summary: 'Find out what is wrong: settings, credentials, network, certificates, token',
      load: async () => (await import('./doctor.ts')).doctor,
    },
    completion: {
      summary: 'Print a completion script for a shell',
      load: async () => (await import('./completion.ts')).defineCompletion(COMMANDS),
    },
    'agent-help': {
      summary: 'Show every command and flag in one compact text',
      load: async () => (await import('./agent-help.ts')).defineAgentHelp(COMMANDS),
    },
    upgrade: {
      summary: 'Replace kscli by a newer release, or go back to the one before',
      load: async () => (await import('./upgrade.ts')).upgrade,
    },
    licenses: {
      summary: 'Show the licences of everything in this program',
      load: async () => (await import('./licenses.ts')).licenses,
    },
  },
};

export const COMMANDS: Group = {
  summary: 'Act as one user of one Knowledge Stack tenant.',
  examples: [
    'export ADMIN_API_KEY=your-admin-key',
    'kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001',
    'kscli whoami',
  ],
  commands: Object.assign({}, ...Object.values(BLOCKS)),
  blocks: Object.fromEntries(Object.entries(BLOCKS).map(([title, commands]) => [title, Object.keys(commands)])),
};
