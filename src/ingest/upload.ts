// One file to one path part.

import type { Session } from '../auth/session.ts';
import { Failure } from '../errors.ts';
import type { Upload } from '../files/upload.ts';
import { asRecord, type JsonObject, nonEmptyString } from '../json/value.ts';
import { NEW_DOCUMENT, NEW_VERSION } from '../resources/documents.ts';
import { toRequest } from '../rest/request.ts';
import type { Given } from '../schema/operations.ts';

/** Where it goes: under a path part as a new document, or to a document as its new version. */
export type Destination = { readonly pathPartId: string } | { readonly documentId: string };

/** The server's answer: document_id, document_version_id, workflow_id. */
export async function upload(
  file: Upload,
  to: Destination,
  /** How the contents are made, by the API's keys. */
  options: Given,
  session: Session,
): Promise<JsonObject> {
  const request =
    'documentId' in to
      ? toRequest(NEW_VERSION, { ...options, document_id: to.documentId, file })
      : toRequest(NEW_DOCUMENT, { ...options, path_part_id: to.pathPartId, file });
  const answer = await session.json(request);
  const data = asRecord(answer);
  if (nonEmptyString(data['document_id']) === undefined) throw new Failure('answer', 'The server named no document');
  return data;
}

/** The ids that would be lost untold: `report.pdf: document D, workflow W`. */
export function describeUpload(path: string, { document_id, workflow_id }: JsonObject): string {
  return `${path}: document ${document_id}, workflow ${nonEmptyString(workflow_id) ?? 'unknown'}`;
}
