// A path, level by level from the top: for what the search does not find, and to tell where a path stops.

import { type Place, toOneForm, trimPath } from './place.ts';
import { type Listed, listFolders, listInside, listTop, type Server } from './requests.ts';

/** A folder on the way, or the top. @property path as it was typed, without a slash at its end @property rest behind it */
type Step = { readonly folder: Place | undefined; readonly path: string; readonly rest: string };

/** The level at which a path stops, and what is there. */
export type Stop = Step & Listed;

export type Walk = { readonly found: readonly Place[]; readonly stop: Stop };

/** Pages of a folder in which nothing is found. */
const MOST_PAGES = 5;

/** @param path trimmed, not the top @param kind what is wanted: the other is asked for at the top only where that is not there */
export async function walk(path: string, kind: Place['kind'] | undefined, server: Server): Promise<Walk> {
  const found: Place[] = [];
  let steps: readonly Step[] = [{ folder: undefined, path: '', rest: path.slice(1) }];
  for (;;) {
    const next: Step[] = [];
    let stop: Stop | undefined;
    for (const step of steps) {
      const listed = await look(step, kind, server);
      found.push(...listed.places.filter((place) => isEnd(place, step)));
      next.push(...listed.places.flatMap((place) => goOn(place, step)));
      stop = { ...step, ...listed };
    }
    if (stop && (found.length > 0 || next.length === 0)) return { found, stop };
    steps = next;
  }
}

/** What is there of a step; both kinds, where nothing leads on. */
async function look(step: Step, kind: Place['kind'] | undefined, server: Server): Promise<Listed> {
  const isWanted = (place: Place) => isEnd(place, step) || goOn(place, step).length > 0;
  const { id, pathPartId } = step.folder ?? {};
  const bounds = { most: MOST_PAGES, isWanted };
  const isLast = !step.rest.includes('/');
  if (id !== undefined && pathPartId !== undefined) {
    const folders = isLast ? undefined : await listFolders(pathPartId, server, bounds);
    return folders?.places.some(isWanted) ? folders : listInside(id, server, bounds);
  }
  const first = isLast && kind === 'document' ? 'document' : 'folder';
  const one = await listTop(first, server);
  if (one.places.some(isWanted) && (kind !== undefined || !isLast)) return one;
  const other = await listTop(first === 'folder' ? 'document' : 'folder', server);
  return { places: [...one.places, ...other.places], isWhole: true };
}

function isEnd(place: Place, step: Step): boolean {
  return listNames(place, step).includes(step.rest);
}

function goOn(place: Place, step: Step): Step[] {
  if (place.kind !== 'folder') return [];
  const name = listNames(place, step).find((one) => step.rest.startsWith(`${one}/`));
  if (name === undefined) return [];
  return [{ folder: place, path: `${step.path}/${name}`, rest: step.rest.slice(name.length + 1) }];
}

/** The folder of the one who acts stands at the top, with a name that is not that of its path. */
function listNames({ name, path }: Place, { folder }: Step): readonly string[] {
  return folder === undefined && path !== undefined ? [name, trimPath(toOneForm(path)).slice(1)] : [name];
}
