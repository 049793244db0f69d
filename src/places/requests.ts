// The requests that look for places. Each answer is read to its end, or it does not count as the whole.

import type { Session } from '../auth/session.ts';
import { readPages } from '../http/pages.ts';
import { type ApiRequest, encodeSegment } from '../http/request.ts';
import { LARGEST_PAGE } from '../schema/operations.ts';
import type { Log } from '../terminal/log.ts';
import { type Place, toPlace } from './place.ts';

export type Server = Pick<Session, 'json' | 'identity'> & { readonly log: Pick<Log, 'warn'> };

/** @property isWhole false where it was left before its end */
export type Listed = { readonly places: readonly Place[]; readonly isWhole: boolean };

/** The longest text that the search takes. */
export const LONGEST = 255;

/** Folders and documents whose name holds the text, in any case. @param under the path part of a folder */
export function search(text: string, under: string | undefined, server: Server, most: number): Promise<Listed> {
  const scope = under === undefined ? [] : [['parent_path_part_id', under] as const];
  return list('/v1/folders/search', [['name_like', text], ...scope], server, { most, isAllOrNothing: true });
}

/** Folders and documents in a folder. */
export function listInside(folderId: string, server: Server, bounds: Bounds): Promise<Listed> {
  return list(`/v1/folders/${encodeSegment(folderId)}/contents`, [], server, bounds);
}

/** Folders, or documents, at the top. */
export function listTop(kind: Place['kind'], server: Server): Promise<Listed> {
  return list(`/v1/${kind}s`, [], server, {});
}

/** Folders in a folder. */
export function listFolders(pathPartId: string, server: Server, bounds: Bounds): Promise<Listed> {
  return list('/v1/folders', [['parent_path_part_id', pathPartId]], server, bounds);
}

type Bounds = {
  /** Pages, unless one of the rows is wanted: then there may be another like it. */
  readonly most?: number;
  readonly isWanted?: (place: Place) => boolean;
  /** Left at once where there are more pages than that. */
  readonly isAllOrNothing?: boolean;
};

async function list(
  path: string,
  query: NonNullable<ApiRequest['query']>,
  server: Server,
  { most = Number.POSITIVE_INFINITY, isWanted = () => false, isAllOrNothing = false }: Bounds,
): Promise<Listed> {
  const places: Place[] = [];
  let count = 0;
  for await (const { rows, total } of readPages({ method: 'GET', path, query }, server.json, server.log)) {
    for (const place of rows.map(toPlace)) if (place) places.push(place);
    count += rows.length;
    const isLong = typeof total === 'number' && total > Math.max(count, isAllOrNothing ? most * LARGEST_PAGE : 0);
    const isEnough = isAllOrNothing || count >= most * LARGEST_PAGE;
    if (isLong && isEnough && !places.some(isWanted)) return { places, isWhole: false };
  }
  return { places, isWhole: true };
}
