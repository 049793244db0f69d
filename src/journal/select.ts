// Lines of the journal that somebody wants to see, as they are and as values.

import { join } from 'node:path';
import { isObject, type JsonObject } from '../json/value.ts';
import { listNames } from './inspect.ts';
import { readLines } from './lines.ts';

export type Selection = {
  /** As in a line: `2026-11-24T14:05:00.000Z`. */
  readonly since?: string | undefined;
  /** The empty word is the unnamed session. */
  readonly session?: string | undefined;
  readonly ticket?: string | undefined;
};

/** @property text without its line break */
export type Selected = { readonly text: string; readonly fields: JsonObject };

/** A piece of a file at a time. @param tell called in the end for lines that are none @throws Failure 'journal' */
export async function* selectLines(
  directory: string,
  selection: Selection,
  tell: (unreadable: number) => Promise<void>,
): AsyncGenerator<readonly Selected[]> {
  let unreadable = 0;
  for (const name of listNames(directory).files) {
    for await (const lines of readLines(join(directory, name))) {
      const found: Selected[] = [];
      for (const { bytes } of lines) {
        const text = bytes.toString();
        const fields = parseFields(text);
        if (fields === undefined) unreadable++;
        else if (isWanted(fields, selection)) found.push({ text, fields });
      }
      yield found;
    }
  }
  if (unreadable > 0) await tell(unreadable);
}

/** The journal's own lines hold no number that JSON.parse could change. */
function parseFields(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isWanted(fields: JsonObject, { since, session, ticket }: Selection): boolean {
  const { at, session: name = '', ticket: id } = fields;
  if (since !== undefined && !(typeof at === 'string' && at >= since)) return false;
  if (session !== undefined && name !== session) return false;
  return ticket === undefined || id === ticket;
}
