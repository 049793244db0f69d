// One file to one path part.

import type { Session } from '../auth/session.ts';
import { Failure } from '../errors.ts';
import type { Upload } from '../files/upload.ts';
import { asRecord, type JsonObject, nonEmptyString } from '../json/value.ts';

/** The server's answer: document_id, document_version_id, workflow_id. */
export async function upload(file: Upload, pathPartId: string, session: Session): Promise<JsonObject> {
  const answer = await session.json({
    method: 'POST',
    path: '/v1/documents/ingest',
    form: [
      { name: 'path_part_id', value: pathPartId },
      { name: 'name', value: file.name },
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
