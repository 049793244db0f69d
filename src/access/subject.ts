// The thing that access is asked about, and the levels above it, as the acting user sees them.

import type { Session } from '../auth/session.ts';
import { type Seen, see } from '../auth/unseen.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { encodeSegment } from '../http/request.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import { createResolver } from '../places/resolve.ts';
import { isPath } from '../schema/place.ts';

/** A path part on the way from the root to the thing, which is the last one. */
export type Level = {
  readonly pathPartId: string;
  readonly parentId: string | undefined;
  readonly name: string | undefined;
  readonly partType: string | undefined;
  /** From the root on, as the server writes it. */
  readonly path: string | undefined;
  /** The id of the folder, document, … behind it. */
  readonly objectId: string | undefined;
};

const KINDS = ['folders', 'documents'] as const;

/**
 * Root first. One request for the id of a path part, up to three more for that of a folder or a document, or for a path.
 * @param typed an id of any of them, or a path @throws Failure 'answer' for levels that do not lead to it; as a Resolve for a path
 */
export async function findLevels(typed: string, session: Session, context: Context): Promise<Seen<readonly Level[]>> {
  if (isPath(typed)) {
    const id = await createResolver(session, context)(typed, 'path part');
    return see(() => readLevels(id, session));
  }
  return findById(typed, session);
}

async function findById(id: string, session: Session): Promise<Seen<readonly Level[]>> {
  const asPathPart = await see(() => readLevels(id, session));
  if (!isMissing(asPathPart)) return asPathPart;
  for (const kind of KINDS) {
    const found = await see(() => session.json({ method: 'GET', path: `/v1/${kind}/${encodeSegment(id)}` }));
    if (isMissing(found)) continue;
    if ('unseen' in found) return found;
    const pathPartId = nonEmptyString(asRecord(found.value)['path_part_id']);
    if (pathPartId === undefined)
      throw new Failure('answer', `The server named no path part of the ${kind.slice(0, -1)}`);
    return see(() => readLevels(pathPartId, session));
  }
  return asPathPart;
}

function isMissing(seen: Seen<unknown>): boolean {
  return 'unseen' in seen && seen.unseen.kind === 'not-found';
}

async function readLevels(id: string, session: Session): Promise<readonly Level[]> {
  const data = await session.json({ method: 'GET', path: `/v1/path-parts/${encodeSegment(id)}/ancestry` });
  const { ancestors } = asRecord(data);
  const levels = Array.isArray(ancestors) ? ancestors.map(toLevel) : [];
  if (levels.at(-1)?.pathPartId !== id)
    throw new Failure('answer', `The server named no levels that lead from the root to path part ${id}`);
  return levels;
}

/** @param row of a path part */
export function toLevel(row: unknown): Level {
  const { path_part_id, parent_path_id, name, part_type, materialized_path, metadata_obj_id } = asRecord(row);
  return {
    pathPartId: nonEmptyString(path_part_id) ?? '',
    parentId: nonEmptyString(parent_path_id),
    name: nonEmptyString(name),
    partType: nonEmptyString(part_type),
    path: nonEmptyString(materialized_path),
    objectId: nonEmptyString(metadata_obj_id),
  };
}
