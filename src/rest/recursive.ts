// The rows of a list that are asked for in all folders below too: one answer a folder, of which one kind counts.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { ListPage, Pages } from '../http/pages.ts';
import type { ApiRequest } from '../http/request.ts';
import { asRecord, type Json, nonEmptyString } from '../json/value.ts';
import { ALL_LEVELS, readBelow } from '../places/below.ts';
import type { Given } from '../schema/operations.ts';

const PARENT = 'parent_path_part_id';
/** Of all folders together, so that no request takes them. */
const OWN = [PARENT, 'limit', 'offset'];

/** @param request for one folder @param typed limit and offset count only where they were */
export async function listBelow(
  { query = [] }: ApiRequest,
  { limit, offset }: Given,
  { json }: Pick<Session, 'json'>,
  { log }: Pick<Context, 'log'>,
): Promise<Pages> {
  const part = query.find(([name]) => name === PARENT)?.[1];
  const folder = part === undefined ? undefined : await findFolder(part, json);
  const others = query.filter(([name]) => !OWN.includes(name));
  const pages = readBelow({ folder, depth: ALL_LEVELS, query: others }, { json, log });
  return cut(pages, Number(offset ?? 0), Number(limit ?? Number.POSITIVE_INFINITY));
}

/** The contents are asked for by the folder's own id. */
async function findFolder(part: string, json: Session['json']): Promise<string> {
  const { part_type, metadata_obj_id } = asRecord(await json({ method: 'GET', path: `/v1/path-parts/${part}` }));
  const id = nonEmptyString(metadata_obj_id);
  if (part_type !== 'FOLDER') throw new Failure('not-found', `${part} is no folder's path part`);
  if (id === undefined) throw new Failure('answer', 'The server named no folder of the path part');
  return id;
}

async function* cut(pages: AsyncIterable<ListPage>, offset: number, limit: number): AsyncGenerator<ListPage> {
  let passed = 0;
  for await (const page of pages) {
    const documents = page.rows.filter(isDocument);
    const rows = documents.slice(Math.max(0, offset - passed), Math.max(0, offset + limit - passed));
    passed += documents.length;
    yield { rows, total: undefined };
    if (passed >= offset + limit) return;
  }
}

function isDocument(row: Json): boolean {
  return asRecord(row)['part_type'] === 'DOCUMENT';
}
