// The target of a bulk upload: its contents, folder by folder, and the folders that it lacks.

import type { Existing } from './existing.ts';
import type { Server } from './server.ts';

export type Place = {
  /** undefined for a folder that a dry run does not make. */
  readonly pathPartId: string | undefined;
  /** Those that are there already, by name. */
  readonly documents: ReadonlyMap<string, readonly Existing[]>;
};

/** The place of a path of folder names; made where it is missing. */
export type Target = (folders: readonly string[]) => Promise<Place>;

const NOWHERE: Place = { pathPartId: undefined, documents: new Map() };

export function createTarget(top: string, isDryRun: boolean, server: Server): Target {
  const places = new Map<string, Promise<Place>>();
  const folders = new Map<string, Promise<ReadonlyMap<string, string>>>();

  const locate = async (path: readonly string[]): Promise<Place> => {
    const name = path.at(-1);
    if (name === undefined) return { pathPartId: top, documents: await server.documentsIn(top) };
    const parent = (await target(path.slice(0, -1))).pathPartId;
    if (parent === undefined) return NOWHERE;
    const existing = (await once(folders, parent, () => server.foldersIn(parent))).get(name);
    if (existing) return { pathPartId: existing, documents: await server.documentsIn(existing) };
    if (isDryRun) return NOWHERE;
    const { pathPartId, isNew } = await server.createFolder(name, parent);
    return { pathPartId, documents: isNew ? new Map() : await server.documentsIn(pathPartId) };
  };
  const target: Target = (path) => once(places, path.join('/'), () => locate(path));
  return target;
}

function once<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}
