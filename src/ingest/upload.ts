// One file to one path part.

import type { Session } from '../auth/session.ts';
import { Failure } from '../errors.ts';
import type { Upload } from '../files/upload.ts';
import { encodeSegment } from '../http/request.ts';
import { asRecord, type JsonObject, nonEmptyString } from '../json/value.ts';

/** Parts of the form that say how the contents are made. */
export type IngestOptions = readonly { readonly name: string; readonly value: string }[];

/** Where it goes: under a path part as a new document, or to a document as its new version. */
export type Destination = { readonly pathPartId: string } | { readonly documentId: string };

/** The server's answer: document_id, document_version_id, workflow_id. */
export async function upload(
  file: Upload,
  to: Destination,
  options: IngestOptions,
  session: Session,
): Promise<JsonObject> {
  const isVersion = 'documentId' in to;
  const answer = await session.json({
    method: 'POST',
    path: isVersion ? `/v1/documents/${encodeSegment(to.documentId)}/ingest` : '/v1/documents/ingest',
    form: [
      ...(isVersion
        ? []
        : [
            { name: 'path_part_id', value: to.pathPartId },
            { name: 'name', value: file.name },
          ]),
      ...options,
      { name: 'file', file },
    ],
  });
  const data = asRecord(answer);
  if (nonEmptyString(data['document_id']) === undefined) throw new Failure('answer', 'The server named no document');
  return data;
}

/** The ids that would be lost untold: `report.pdf: document D, workflow W`. */
export function describeUpload(path: string, { document_id, workflow_id }: JsonObject): string {
  return `${path}: document ${document_id}, workflow ${nonEmptyString(workflow_id) ?? 'unknown'}`;
}
