// Paths that were typed → the ids that they stand for. Never a guess: whatever is missing, of another kind, or there twice ends
// the command before anything is changed.

import { asAnswer, type Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { type PlaceKind, TOP } from '../schema/place.ts';
import { canonicalUuid } from '../schema/uuid.ts';
import { findByPath } from './find.ts';
import { describeMissing, describeOther, describeSeveral } from './misses.ts';
import { type Place, splitPath, trimPath } from './place.ts';
import type { Server } from './requests.ts';
import { findTop } from './top.ts';
import { walk } from './walk.ts';

/** The id of a thing of that kind. @param path as `decodePlace` takes it @throws Failure 'not-found', 'refused' for two, as a request */
export type Resolve = (path: string, kind: PlaceKind) => Promise<string>;

/** Asks the server once for a path, however often it is typed. */
export function createResolver({ json, identity }: Session, { log }: Context): Resolve {
  const server: Server = { json, identity, log };
  const known = new Map<string, Promise<string>>();
  return (path, kind) => {
    const key = `${kind} ${path}`;
    const id = known.get(key) ?? resolve(path, kind, server);
    known.set(key, id);
    return id;
  };
}

async function resolve(typed: string, kind: PlaceKind, server: Server): Promise<string> {
  if (typed === TOP && kind === 'path part') return requireId(await findTop(server), typed, kind);
  if (typed === TOP) throw new Failure('usage', `The top has no id that can stand for a ${kind}. Name what is in it`);
  const path = trimPath(typed);
  const wanted = kind === 'path part' ? undefined : kind;
  const isFolder = typed.endsWith(TOP);
  const isRight = (place: Place) =>
    (wanted === undefined || place.kind === wanted) && (!isFolder || place.kind === 'folder');
  const all = await findAll(path, wanted, server);
  const [first, ...others] = all.filter(isRight);
  if (first && others.length > 0) throw asAnswer(describeSeveral(typed, [first, ...others]));
  const [other] = all;
  if (first === undefined && other) throw asAnswer(describeOther(typed, other, isFolder ? 'folder' : kind));
  return requireId(kind === 'path part' ? first?.pathPartId : first?.id, typed, kind);
}

/** What is at the top is listed there, and the folder of all users is not: it hides behind that of the one who acts. */
async function findAll(path: string, kind: Place['kind'] | undefined, server: Server): Promise<readonly Place[]> {
  const isAtTop = splitPath(path).parent === '';
  const first = isAtTop ? [] : await findByPath(path, server);
  if (first.length > 0) return first;
  const { found, stop } = await walk(path, kind, server);
  if (found.length > 0) return found;
  const last = isAtTop ? await findByPath(path, server) : [];
  if (last.length === 0) throw asAnswer(describeMissing(path, stop));
  return last;
}

/** Nothing else is put into a request. */
function requireId(id: string | undefined, path: string, kind: PlaceKind): string {
  const canonical = id === undefined ? undefined : canonicalUuid(id);
  if (canonical === undefined) throw new Failure('answer', `The server named no id for the ${kind} ${path}`);
  return canonical;
}
