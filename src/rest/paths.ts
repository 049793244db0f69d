// The paths among what was typed for a row: each becomes the id that its field takes.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import type { Field } from '../schema/fields.ts';
import type { Given, Operation } from '../schema/operations.ts';
import { isPath, type PlaceKind, TOP } from '../schema/place.ts';
import { listArgFields, listFlagFields } from './flags.ts';

/** @property typed with ids alone @property paths those that stood for one id, by the row's keys */
export type Resolved = { readonly typed: Given; readonly paths: Given };

/** @throws Failure as `Resolve`, 'refused' for a change where only reading is allowed */
export async function resolvePaths(
  operation: Operation,
  typed: Given,
  session: Session,
  context: Context,
): Promise<Resolved> {
  const named = listPlaces(operation).filter(([key]) => [typed[key]].flat().some(isPath));
  if (named.length === 0) return { typed, paths: {} };
  const { method, path, isSafe } = operation;
  // What is refused anyway asks for nothing on the way to it.
  await session.requireAllowed({ method, path, ...(isSafe && { isSafe }) });
  // Loaded when needed: most commands are given ids.
  const { createResolver } = await import('../places/resolve.ts');
  const resolve = createResolver(session, context);
  const ids: Record<string, unknown> = {};
  for (const [key, { of, isTopWithout }] of named) {
    const value = typed[key];
    if (Array.isArray(value)) {
      const all: unknown[] = [];
      for (const one of value) all.push(isPath(one) ? await resolve(one, of) : one);
      ids[key] = all;
    } else if (isPath(value)) ids[key] = isTopWithout && value === TOP ? undefined : await resolve(value, of);
  }
  const isOne = ([key]: readonly [string, unknown]) => typeof ids[key] === 'string';
  const paths = Object.fromEntries(named.filter(isOne).map(([key]) => [key, typed[key]]));
  const pairs = Object.entries({ ...typed, ...ids }).filter(([, value]) => value !== undefined);
  return { typed: Object.fromEntries(pairs), paths };
}

type PlaceField = Extract<Field, { kind: 'uuid' }> & { readonly of: PlaceKind };

/** The fields that take the id of a folder, a document or a path part, by the row's keys. */
export function listPlaces(operation: Operation): [key: string, field: PlaceField][] {
  const fields = Object.entries({ ...listFlagFields(operation), ...listArgFields(operation) });
  return fields.flatMap(([key, field]) => (isPlaceField(field) ? [[key, field]] : []));
}

function isPlaceField(field: Field): field is PlaceField {
  return field.kind === 'uuid' && field.of !== undefined;
}
