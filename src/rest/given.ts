// The input of a command → what was given for the fields of its row, by the API's keys. Pure.

import type { KnownIdentity } from '../auth/identity.ts';
import type { Fields, Input } from '../schema/fields.ts';
import type { Given, Operation, Resource } from '../schema/operations.ts';
import { findEachKey, listArgFields, listFlagFields, nameArg, nameFlag } from './flags.ts';

/** In the place of ids: the lines of standard input. */
export const STDIN = '-';

/** A row, and what was given for it. */
export type GivenRow = {
  readonly resource: Resource;
  readonly operation: Operation;
  readonly given: Given;
  /** Those that were typed in place of one id, by the row's keys. */
  readonly paths: Given;
  /** The answer was typed beforehand. */
  readonly isYes: boolean;
};

/** The typed values; a flag that was not given is absent. Those that stand in files are read elsewhere. */
export function listTyped(operation: Operation, input: Input<Fields>): Given {
  const flags = Object.entries(listFlagFields(operation)).map(([key, field]): [string, unknown] => {
    const value: unknown = field.file === 'secret' ? undefined : input[nameFlag(operation, key)];
    return [key, field.kind === 'flag' && value === false ? undefined : value];
  });
  const words = Object.keys(listArgFields(operation)).map((key): [string, unknown] => [
    key,
    input[nameArg(operation, key)],
  ]);
  return Object.fromEntries([...flags, ...words].filter(([, value]) => value !== undefined));
}

/** The words for the argument that may be given more often. */
export function listWords(operation: Operation, typed: Given): string[] {
  const key = findEachKey(operation);
  return key === undefined ? [] : [typed[key] ?? []].flat().map(String);
}

/** More than one, or `-` for as many lines as there are. */
export function areSeveral(operation: Operation, typed: Given): boolean {
  const words = listWords(operation, typed);
  return words.length > 1 || words[0] === STDIN;
}

/** The typed values with one in the place of several. */
export function toOne(operation: Operation, typed: Given, word = listWords(operation, typed)[0]): Given {
  const key = findEachKey(operation);
  return key === undefined ? typed : { ...typed, [key]: word };
}

/** Whether the one who acts stands for something that was not typed. */
export function needsIdentity(operation: Operation, typed: Given): boolean {
  const fields = Object.entries({ ...listFlagFields(operation), ...listArgFields(operation) });
  return fields.some(([key, { from }]) => from !== undefined && typed[key] === undefined);
}

/** The typed values, and what stands for the others: defaults, and the ids of the one who acts. */
export function addDefaults(operation: Operation, typed: Given, acting: KnownIdentity): Given {
  const fields = Object.entries({ ...listFlagFields(operation), ...listArgFields(operation) });
  const defaults = fields.flatMap(([key, field]) => {
    const value = field.default ?? (field.from && acting[field.from]);
    return value === undefined ? [] : [[key, value]];
  });
  return { ...Object.fromEntries(defaults), ...typed };
}

/** For sentences: also the values that the server takes where nothing is sent. */
function addServerDefaults(operation: Operation, given: Given): Given {
  const fields = Object.entries(listFlagFields(operation));
  const defaults = fields.flatMap(([key, { serverDefault }]) =>
    serverDefault === undefined ? [] : [[key, serverDefault]],
  );
  return { ...Object.fromEntries(defaults), ...given };
}

/** A sentence with the values in place of its placeholders. */
export function fillIn(template: string, operation: Operation, given: Given): string {
  const values = addServerDefaults(operation, given);
  return template.replace(/\{([\w.]+)\}/g, (_, key: string) => String(values[key]));
}
