// The versions of each document of a snapshot, and what is in them where that is wanted. One list a document, one a version.

import { eachInLanes } from '../access/lanes.ts';
import { type ApiRequest, encodeSegment } from '../http/request.ts';
import type { JsonObject } from '../json/value.ts';
import type { Reader } from './reader.ts';
import { placeOf, requireId } from './tree.ts';

/** @param documents rows of the tree, taken one by one */
export async function readVersions(documents: Iterator<JsonObject>, isDeep: boolean, reader: Reader): Promise<void> {
  await eachInLanes(documents, (document) => readVersionsOf(document, isDeep, reader));
}

async function readVersionsOf(document: JsonObject, isDeep: boolean, reader: Reader): Promise<void> {
  const [path, documentId] = placeOf(document);
  const request: ApiRequest = { method: 'GET', path: '/v1/document_versions', query: [['document_id', documentId]] };
  const about = { part: 'versions', document_id: documentId, materialized_path: path };
  const versions: Version[] = [];
  await reader.each(request, about, (row) => {
    const version = { id: requireId(row), place: [path, documentId, numberOf(row)] };
    reader.files.add('versions', [...version.place, version.id], { document_id: documentId, ...row });
    if (isDeep) versions.push(version);
  });
  for (const version of versions) await readContents(version, reader);
}

/** @property place of all that is in it */
type Version = { readonly id: string; readonly place: readonly (string | number)[] };

function numberOf({ version }: JsonObject): number {
  return typeof version === 'number' ? version : 0;
}

/** In the order of the text. */
async function readContents({ id, place }: Version, reader: Reader): Promise<void> {
  const request: ApiRequest = { method: 'GET', path: `/v1/document_versions/${encodeSegment(id)}/contents` };
  let position = 0;
  await reader.each(request, { part: 'contents', version_id: id }, (row) => {
    reader.files.add('contents', [...place, id, position++], { version_id: id, ...row });
  });
}
