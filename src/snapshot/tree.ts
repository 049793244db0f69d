// Folders and documents as one user sees them: from the top, or below one folder. A few large requests, not one a folder.

import { eachInLanes } from '../access/lanes.ts';
import { type Level, toLevel } from '../access/subject.ts';
import { see } from '../auth/unseen.ts';
import { Failure } from '../errors.ts';
import { type ApiRequest, encodeSegment } from '../http/request.ts';
import { isObject, type JsonObject, nonEmptyString } from '../json/value.ts';
import type { Reader } from './reader.ts';

/** Levels below a folder that are read. */
const DEEPEST = 1000;

/** What is made meanwhile comes last, and moves no row from one page to another. */
const OLDEST_FIRST = ['sort_order', 'CREATED_AT'] as const;

const KINDS = ['folders', 'documents'] as const;

/** @param under the folder or document to begin at; undefined for the top, and all that grants name besides */
export async function readTree(under: Level | undefined, reader: Reader): Promise<void> {
  if (under) return readFrom(under, reader);
  const folders: JsonObject[] = [];
  for (const kind of KINDS) {
    const request: ApiRequest = { method: 'GET', path: `/v1/${kind}`, query: [OLDEST_FIRST] };
    await reader.each(request, { part: kind, of: 'top' }, (row) => {
      addRow(row, reader);
      if (row['part_type'] === 'FOLDER') folders.push(row);
    });
  }
  await eachInLanes(folders.values(), (folder) => readBelow(folder, reader));
  for (const id of [...reader.granted]) if (reader.granted.has(id)) await readGranted(id, reader);
}

/** A place that no list from the top down has led to, since something above it may not be seen. */
async function readGranted(pathPartId: string, reader: Reader): Promise<void> {
  const { session, miss } = reader;
  const path = `/v1/path-parts/${encodeSegment(pathPartId)}`;
  const seen = await see(() => session.json({ method: 'GET', path }));
  if ('unseen' in seen) return miss({ part: 'granted', path_part_id: pathPartId }, seen.unseen);
  const level = toLevel(seen.value);
  if (isPlace(level)) await readFrom(level, reader);
}

async function readFrom({ objectId, partType }: Level, reader: Reader): Promise<void> {
  const { session, miss } = reader;
  const kind = partType === 'FOLDER' ? 'folders' : 'documents';
  const path = `/v1/${kind}/${encodeSegment(objectId ?? '')}`;
  const seen = await see(() => session.json({ method: 'GET', path }));
  if ('unseen' in seen) return miss({ part: kind, id: objectId ?? null }, seen.unseen);
  if (!isObject(seen.value)) throw new Failure('answer', `The server did not answer with one of the ${kind}`);
  addRow(seen.value, reader);
  if (kind === 'folders') await readBelow(seen.value, reader);
}

/** Whether it is what a tree is made of. */
export function isPlace({ objectId, partType }: Level): boolean {
  return objectId !== undefined && ['FOLDER', 'DOCUMENT'].includes(partType ?? '');
}

async function readBelow(folder: JsonObject, reader: Reader): Promise<void> {
  const id = requireId(folder);
  const request: ApiRequest = {
    method: 'GET',
    path: `/v1/folders/${encodeSegment(id)}/contents`,
    query: [['max_depth', `${DEEPEST}`], OLDEST_FIRST],
  };
  const about = { part: 'contents', folder_id: id, materialized_path: folder['materialized_path'] ?? null };
  await reader.each(request, about, (row) => addRow(row, reader));
}

function addRow(row: JsonObject, { files, granted }: Reader): void {
  granted.delete(String(row['path_part_id']));
  // It has a line of its own, among the versions.
  const { active_version: _, ...others } = row;
  files.add('tree', placeOf(row), others);
}

/** Where a row of the tree stands, and all that is of it. */
export function placeOf(row: JsonObject): readonly [path: string, id: string] {
  return [nonEmptyString(row['materialized_path']) ?? nonEmptyString(row['name']) ?? '', requireId(row)];
}

/** @throws Failure 'answer' */
export function requireId(row: JsonObject): string {
  const id = nonEmptyString(row['id']);
  if (id === undefined) throw new Failure('answer', 'The server named no id of a row');
  return id;
}
