// Uploads to the stand-in backend: a file becomes a document, or the next version of one. Of the file it keeps the hash.

import { created, missing } from './answers.ts';
import type { Action } from './call.ts';
import type { Row, Store } from './store.ts';

/** A file as it came in a form. @property hash SHA-256 in base64 */
export type Received = { readonly name: string; readonly size: number; readonly hash: string };

export async function receive(file: File): Promise<Received> {
  const hash = new Bun.CryptoHasher('sha256').update(await file.arrayBuffer()).digest('base64');
  return { name: file.name, size: file.size, hash };
}

/** By method and path under /v1. */
export const UPLOADS: Readonly<Record<string, Action>> = {
  'POST documents/ingest': ({ store, body }) => {
    const { name, path_part_id: parent_path_part_id } = body;
    const document = store.create('documents', {
      name,
      parent_path_part_id,
      part_type: 'DOCUMENT',
      document_type: 'UNKNOWN',
      document_origin: 'SOURCE',
    });
    return addVersion(store, document, body);
  },
  'POST documents/{}/ingest': ({ store, ids: [id], body }) => {
    const document = store.find('documents', id);
    return document ? addVersion(store, document, body) : missing();
  },
};

/** The contents are made at once, so the new version is the active one. */
function addVersion(store: Store, document: Row, { file }: Row): Response {
  const before = store.rows('document_versions').filter((row) => row['document_id'] === document['id']);
  const number = before.length + 1;
  const workflow_id = `workflow-${document['id']}${number === 1 ? '' : `-${number}`}`;
  const version = store.create('document_versions', {
    document_id: document['id'],
    version: number,
    name: `v${number}`,
    part_type: 'DOCUMENT_VERSION',
    parent_path_id: document['path_part_id'],
    system_metadata: {
      hash: (file as Received | undefined)?.hash ?? null,
      pipeline_state: { status: 'completed', temporal_workflow_id: workflow_id },
    },
  });
  Object.assign(document, { active_version_id: version['id'], active_version: version });
  store.create('workflows', {
    id: workflow_id,
    workflow_id,
    document_id: document['id'],
    document_version_id: version['id'],
    status: 'completed',
  });
  return created({ workflow_id, document_id: document['id'], document_version_id: version['id'] });
}
