// A path → every folder and document that has exactly this path. Complete, or it says nothing: where two have it, both are found.

import { countNames, listForms, type Place, splitPath, toOneForm, trimPath } from './place.ts';
import { LONGEST, listInside, listTop, type Server, search } from './requests.ts';

/** The folder of the one who acts is `/users/{id}`, and has this name at the top. */
const OWN = '/Private';

/** Empty where the search of the server does not find it, which need not mean that it is not there. @param path trimmed, not the top */
export async function findByPath(path: string, server: Server): Promise<readonly Place[]> {
  const { parent, name } = splitPath(path);
  const spellings = await listSpellings(path, server);
  const has = (place: Place) => isAt(place, spellings);
  // Looking through more pages would take longer than going down from the top.
  const most = countNames(path);
  const everywhere = await searchAll(name, undefined, server, most);
  if (everywhere) return everywhere.filter(has);
  if (parent === '') return [];
  const folders = (await findAt(parent, server)).filter(({ kind }) => kind === 'folder');
  const inside: Place[] = [];
  for (const folder of folders) inside.push(...(await findInside(name, folder, has, server, most)));
  // A name may hold a slash: what is called `b/c` in `/a` has the path of what is called `c` in `/a/b`.
  const joined = await searchAll(`${splitPath(parent).name}/${name}`, undefined, server, most);
  return joined ? dropTwins([...inside, ...joined.filter(has)]) : [];
}

function findAt(path: string, server: Server): Promise<readonly Place[]> {
  return splitPath(path).parent === '' ? findAtTop(path, ['folder'], server) : findByPath(path, server);
}

/** Things at the top, which are seldom many. */
async function findAtTop(path: string, kinds: readonly Place['kind'][], server: Server): Promise<readonly Place[]> {
  const found: Place[] = [];
  for (const kind of kinds) found.push(...(await listTop(kind, server)).places);
  return found.filter((place) => `/${place.name}` === path || isAt(place, [path]));
}

async function findInside(
  name: string,
  { id = '', pathPartId }: Place,
  has: (place: Place) => boolean,
  server: Server,
  most: number,
): Promise<readonly Place[]> {
  const below = await searchAll(name, pathPartId, server, most);
  if (below) return below.filter(has);
  return (await listInside(id, server, {})).places.filter((place) => place.name === name);
}

/** undefined where there are too many to be looked through. */
async function searchAll(
  text: string,
  under: string | undefined,
  server: Server,
  most: number,
): Promise<readonly Place[] | undefined> {
  const found: Place[] = [];
  for (const form of listForms(text)) {
    if ([...form].length > LONGEST) continue;
    const { places, isWhole } = await search(form, under, server, most);
    if (!isWhole) return undefined;
    found.push(...places);
  }
  return dropTwins(found);
}

/** The server's path counts only where it ends in the name: it might be that of the parent. */
function isAt({ path, name }: Place, spellings: readonly string[]): boolean {
  if (path === undefined) return false;
  const own = trimPath(path);
  return spellings.includes(own) && own.endsWith(`/${name}`);
}

async function listSpellings(path: string, { identity }: Server): Promise<readonly string[]> {
  if (!path.startsWith(`${OWN}/`)) return [path];
  return [path, toOneForm(`/users/${(await identity()).userId}${path.slice(OWN.length)}`)];
}

function dropTwins(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [`${place.kind} ${place.id}`, place])).values()];
}
