// The last ids of a stream, with which it can be opened again, and the events that came already.

import type { ServerEvent } from '../http/events.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import { canonicalUuid } from '../schema/uuid.ts';
import { readObject } from './read-object.ts';

/** The server sends again what came after them, where it is given both. */
export type LastIds = { readonly message: string; readonly entry: string };

export type Memory = {
  /** undefined unless both are known. */
  readonly ids: () => LastIds | undefined;
  /** False for an event that came already. */
  readonly add: (event: ServerEvent) => boolean;
  /** After another connection what comes may have come before. */
  readonly expectRepetition: () => void;
};

const MOST_KEPT = 1000;

export function createMemory(from: LastIds | undefined): Memory {
  let { message, entry }: Partial<LastIds> = from ?? {};
  let isRepeating = false;
  const seen = new Set<string>();
  return {
    ids: () => (message !== undefined && entry !== undefined ? { message, entry } : undefined),
    add: (event) => {
      if (event.hasOwnId) {
        if (isRepeating && seen.has(event.id)) return false;
        isRepeating = false;
        seen.add(event.id);
        const [oldest] = seen;
        if (seen.size > MOST_KEPT && oldest !== undefined) seen.delete(oldest);
      }
      const data = readObject(event.data);
      entry = nonEmptyString(event.id) ?? nonEmptyString(data['entry_id']) ?? entry;
      message = findMessageId(data) ?? message;
      return true;
    },
    expectRepetition: () => {
      isRepeating = true;
    },
  };
}

/** Where it stands is not described: under the names that the API has for it elsewhere. */
function findMessageId(data: ReturnType<typeof readObject>): string | undefined {
  const names = [data['message_id'], asRecord(data['message'])['id'], data['last_message_id']];
  return names.flatMap((name) => canonicalUuid(nonEmptyString(name) ?? '') ?? [])[0];
}
