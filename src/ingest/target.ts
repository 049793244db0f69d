// The target of a bulk upload: its contents, folder by folder, and the folders that it lacks.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { readPages } from '../http/pages.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';

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
  const server = bindServer(session, context);
  const places = new Map<string, Promise<Place>>();
  const folders = new Map<string, Promise<ReadonlyMap<string, string>>>();

  const locate = async (path: readonly string[]): Promise<Place> => {
    const name = path.at(-1);
    if (name === undefined) return { pathPartId: top, documents: await server.documentsIn(top) };
    const parent = (await target(path.slice(0, -1))).pathPartId;
    if (parent === undefined) return NOWHERE;
    const existing = (await once(folders, parent, () => server.listChildren(parent, 'folders'))).get(name);
    if (existing) return { pathPartId: existing, documents: await server.documentsIn(existing) };
    return isDryRun ? NOWHERE : { pathPartId: await server.createFolder(name, parent), documents: new Set() };
  };
  const target: Target = (path) => once(places, path.join('/'), () => locate(path));
  return target;
}

function once<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}

function bindServer({ json }: Session, { log }: Context) {
  /** Path parts by name. */
  const listChildren = async (parent: string, kind: 'folders' | 'documents') => {
    const request = { method: 'GET', path: `/v1/${kind}`, query: [['parent_path_part_id', parent]] as const };
    const found = new Map<string, string>();
    for await (const { rows } of readPages(request, json, log)) {
      for (const row of rows.map(asRecord)) found.set(String(row['name']), String(row['path_part_id']));
    }
    return found;
  };
  return {
    listChildren,
    documentsIn: async (parent: string) => new Set((await listChildren(parent, 'documents')).keys()),
    createFolder: async (name: string, parent: string): Promise<string> => {
      const body = { name, parent_path_part_id: parent };
      const id = nonEmptyString(asRecord(await json({ method: 'POST', path: '/v1/folders', body }))['path_part_id']);
      if (id === undefined) throw new Failure('answer', 'The server named no path part of the new folder');
      return id;
    },
  };
}
