// What the target of a bulk upload holds, folder by folder, and the folders that it lacks.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { dataOf } from '../http/answer.ts';
import { pagesOf } from '../http/pages.ts';
import { asRecord, textOf } from '../json.ts';

export type Place = {
  /** undefined for a folder that a dry run does not make. */
  readonly pathPartId: string | undefined;
  /** Names of the documents that are there already. */
  readonly documents: ReadonlySet<string>;
};

/** The place of a path of folder names; made where it is missing. */
export type Target = (folders: readonly string[]) => Promise<Place>;

const NOWHERE: Place = { pathPartId: undefined, documents: new Set() };

export function createTarget(top: string, isDryRun: boolean, session: Session, context: Context): Target {
  const places = new Map<string, Promise<Place>>();
  const folders = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const names = async (kind: 'folders' | 'documents', parent: string) => {
    const request = { method: 'GET', path: `/v1/${kind}`, query: [['parent_path_part_id', parent]] as const };
    const found = new Map<string, string>();
    for await (const { rows } of pagesOf(request, async (page) => dataOf(await session.send(page), context.secrets))) {
      for (const row of rows.map(asRecord)) found.set(String(row['name']), String(row['path_part_id']));
    }
    return found;
  };
  const create = async (name: string, parent: string) => {
    const body = { name, parent_path_part_id: parent };
    const answer = await session.send({ method: 'POST', path: '/v1/folders', body });
    const id = textOf(asRecord(dataOf(answer, context.secrets))['path_part_id']);
    if (id === undefined) throw new Failure('answer', 'The server named no path part of the new folder');
    return id;
  };
  const locate = async (path: readonly string[]): Promise<Place> => {
    const name = path.at(-1);
    if (name === undefined) return { pathPartId: top, documents: new Set((await names('documents', top)).keys()) };
    const parent = (await target(path.slice(0, -1))).pathPartId;
    if (parent === undefined) return NOWHERE;
    const siblings = folders.get(parent) ?? names('folders', parent);
    folders.set(parent, siblings);
    const existing = (await siblings).get(name);
    if (existing) return { pathPartId: existing, documents: new Set((await names('documents', existing)).keys()) };
    return isDryRun ? NOWHERE : { pathPartId: await create(name, parent), documents: new Set() };
  };
  const target: Target = (path) => {
    const key = path.join('/');
    const place = places.get(key) ?? locate(path);
    places.set(key, place);
    return place;
  };
  return target;
}
