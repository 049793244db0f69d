// The subject of a delete, in words that a person knows: its path or name, and how much goes with it.

import type { Session } from '../auth/session.ts';
import { Failure } from '../errors.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import { type Given, listPlaceholders, type Operation } from '../schema/operations.ts';
import { toRequest } from './request.ts';

/** The given values, with the id of what is deleted replaced by what people call it; as they are where nobody tells. */
export async function nameSubject(operation: Operation, given: Given, session: Session): Promise<Given> {
  const key = listPlaceholders(operation.path).at(-1);
  if (key === undefined || !operation.path.endsWith(`{${key}}`)) return given;
  try {
    const found = asRecord(await session.json(await readOne(operation, given, session)));
    const path = nonEmptyString(found['materialized_path']);
    const name = ['name', 'title', 'email'].flatMap((field) => nonEmptyString(found[field]) ?? [])[0];
    const shown = path ?? (name === undefined ? String(given[key]) : `${name} (${given[key]})`);
    return { ...given, [key]: shown + (await countItems(operation, given, session)) };
  } catch (error) {
    // The delete itself will tell what is wrong.
    if (error instanceof Failure) return given;
    throw error;
  }
}

async function readOne({ path, query }: Operation, given: Given, { identity }: Session) {
  return toRequest({ method: 'GET', path, summary: '', ...(query && { query }) }, given, await identity());
}

async function countItems({ losesList }: Operation, given: Given, session: Session): Promise<string> {
  if (losesList === undefined) return '';
  const request = await readOne({ method: 'GET', path: losesList, summary: '' }, given, session);
  const { total } = asRecord(await session.json({ ...request, query: [['limit', '1']] }));
  return typeof total === 'number' ? ` (${total} ${total === 1 ? 'item' : 'items'})` : '';
}
