// The subject of a question, in words that a person knows: its path or name, and how much goes with it.

import type { Session } from '../auth/session.ts';
import { Failure } from '../errors.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import { type Given, listPlaceholders, type Operation } from '../schema/operations.ts';
import type { GivenRow } from './given.ts';
import { toRequest } from './request.ts';

/** The given values, with the id of the subject replaced by what people call it; as they are where nobody tells. */
export async function nameSubject({ resource, operation, given, paths }: GivenRow, session: Session): Promise<Given> {
  const key = listPlaceholders(operation.path).at(-1) ?? '';
  const path = operation.path.slice(0, operation.path.lastIndexOf(`{${key}}`) + key.length + 2);
  const one = Object.values(resource.operations).find((other) => other.method === 'GET' && other.path === path);
  const told = addPaths(given, paths);
  if (one === undefined) return told;
  try {
    const found = asRecord(await session.json(toRequest(one, given)));
    const place = nonEmptyString(found['materialized_path']);
    const name = ['name', 'title', 'email'].flatMap((field) => nonEmptyString(found[field]) ?? [])[0];
    const id = String(given[key]);
    const shown = place ?? name ?? id;
    // Whoever typed a path sees what it led to.
    const isIdToldToo = shown !== id && (place === undefined || paths[key] !== undefined);
    const notes = [isIdToldToo ? id : [], await countItems(operation, given, session)].flat();
    return { ...told, [key]: notes.length === 0 ? shown : `${shown} (${notes.join(', ')})` };
  } catch (error) {
    // The request itself will tell what is wrong.
    if (error instanceof Failure) return told;
    throw error;
  }
}

/** Ids behind the paths that led to them. */
function addPaths(given: Given, paths: Given): Given {
  const pairs = Object.entries(paths).map(([key, path]) => [key, `${path} (${given[key]})`]);
  return { ...given, ...Object.fromEntries(pairs) };
}

async function countItems({ losesList }: Operation, given: Given, session: Session): Promise<string[]> {
  if (losesList === undefined) return [];
  const request = toRequest({ method: 'GET', path: losesList, summary: '' }, given);
  const { total } = asRecord(await session.json({ ...request, query: [['limit', '1']] }));
  return typeof total === 'number' ? [`${total} ${total === 1 ? 'item' : 'items'}`] : [];
}
