// The groups of the API by their commands' names. Each loads when it is asked for.

import type { Resource } from '../schema/operations.ts';

export const RESOURCES = {
  find: async () => (await import('./find.ts')).find,
  features: async () => (await import('./features.ts')).features,
  folders: async () => (await import('./folders.ts')).folders,
  documents: async () => (await import('./documents.ts')).documents,
  'document-versions': async () => (await import('./document-versions.ts')).documentVersions,
  sections: async () => (await import('./sections.ts')).sections,
  chunks: async () => (await import('./chunks.ts')).chunks,
  'chunk-lineages': async () => (await import('./chunk-lineages.ts')).chunkLineages,
  tags: async () => (await import('./tags.ts')).tags,
  workflows: async () => (await import('./workflows.ts')).workflows,
  tenants: async () => (await import('./tenants.ts')).tenants,
  users: async () => (await import('./users.ts')).users,
  permissions: async () => (await import('./permissions.ts')).permissions,
  invites: async () => (await import('./invites.ts')).invites,
  threads: async () => (await import('./threads.ts')).threads,
  'thread-messages': async () => (await import('./thread-messages.ts')).threadMessages,
  'path-parts': async () => (await import('./path-parts.ts')).pathParts,
  'tenant-groups': async () => (await import('./tenant-groups.ts')).tenantGroups,
  'workflow-definitions': async () => (await import('./workflow-definitions.ts')).workflowDefinitions,
  'workflow-runs': async () => (await import('./workflow-runs.ts')).workflowRuns,
  'api-keys': async () => (await import('./api-keys.ts')).apiKeys,
  feedback: async () => (await import('./feedback.ts')).feedback,
} as const satisfies Readonly<Record<string, () => Promise<Resource>>>;

export function loadResources(): Promise<Resource[]> {
  return Promise.all(Object.values(RESOURCES).map((load) => load()));
}
