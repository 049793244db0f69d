// The subject of a question, in words that a person knows: its path or name, and how much goes with it.

import type { Session } from '../auth/session.ts';
import { Failure } from '../errors.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import { type Given, listPlaceholders, type Operation } from '../schema/operations.ts';
import type { GivenRow } from './given.ts';
import { toRequest } from './request.ts';

/** The given values, with the id of the subject replaced by what people call it; as they are where nobody tells. */
export async function nameSubject({ resource, operation, given }: GivenRow, session: Session): Promise<Given> {
  const key = listPlaceholders(operation.path).at(-1) ?? '';
  const path = operation.path.slice(0, operation.path.lastIndexOf(`{${key}}`) + key.length + 2);
  const one = Object.values(resource.operations).find((other) => other.method === 'GET' && other.path === path);
  if (one === undefined) return given;
  try {
    const found = asRecord(await session.json(toRequest(one, given)));
    const place = nonEmptyString(found['materialized_path']);
    const name = ['name', 'title', 'email'].flatMap((field) => nonEmptyString(found[field]) ?? [])[0];
    const shown = place ?? (name === undefined ? String(given[key]) : `${name} (${given[key]})`);
    return { ...given, [key]: shown + (await countItems(operation, given, session)) };
  } catch (error) {
    // The request itself will tell what is wrong.
    if (error instanceof Failure) return given;
    throw error;
  }
}

async function countItems({ losesList }: Operation, given: Given, session: Session): Promise<string> {
  if (losesList === undefined) return '';
  const request = toRequest({ method: 'GET', path: losesList, summary: '' }, given);
  const { total } = asRecord(await session.json({ ...request, query: [['limit', '1']] }));
  return typeof total === 'number' ? ` (${total} ${total === 1 ? 'item' : 'items'})` : '';
}
