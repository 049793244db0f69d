// The answer to a question, among the newest messages of its thread.

import { asRecord, isObject, type Json, type JsonObject, nonEmptyString } from '../json/value.ts';

export type ThreadAnswer = { readonly id: string; readonly text: string; readonly isError: boolean };

/** The newest message before the question: what is not after it is no answer to it. */
export type Before = { readonly ids: ReadonlySet<string>; readonly sequence: number; readonly at: number };

export function readBefore(messages: readonly Json[]): Before {
  const rows = messages.filter(isObject);
  return {
    ids: new Set(rows.map(({ id }) => String(id))),
    sequence: Math.max(Number.NEGATIVE_INFINITY, ...rows.map(sequenceOf)),
    at: Math.max(Number.NEGATIVE_INFINITY, ...rows.map(timeOf)),
  };
}

/**
 * The newest message of the assistant behind the question; undefined where there is none yet.
 * @param messages the newest first, as the API gives them @param question as it was asked
 */
export function findAnswer(messages: readonly Json[], question: string, before: Before): ThreadAnswer | undefined {
  const newer = messages.filter(isObject).filter((row) => isAfter(row, before));
  const asked = newer.findIndex(({ role, content }) => role === 'USER' && asRecord(content)['text'] === question);
  const answer = newer.slice(0, asked === -1 ? undefined : asked).find(({ role }) => role === 'ASSISTANT');
  if (answer === undefined) return undefined;
  const { text, is_error } = asRecord(answer['content']);
  return {
    id: nonEmptyString(answer['id']) ?? '',
    text: typeof text === 'string' ? text : '',
    isError: is_error === true,
  };
}

function isAfter(row: JsonObject, { ids, sequence, at }: Before): boolean {
  if (ids.has(String(row['id']))) return false;
  return typeof row['sequence'] === 'number' ? row['sequence'] > sequence : !(timeOf(row) < at);
}

function sequenceOf({ sequence }: JsonObject): number {
  return typeof sequence === 'number' ? sequence : Number.NEGATIVE_INFINITY;
}

function timeOf({ created_at }: JsonObject): number {
  const at = Date.parse(nonEmptyString(created_at) ?? '');
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
}
