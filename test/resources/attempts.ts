// What a row can send: its request for each set of fields that may stand together. A field's value is its own placeholder,
// `{folder_id}`, so that what is sent tells where each field went.

import type { ApiRequest } from '../../src/http/request.ts';
import { listArgFields, listFlagFields } from '../../src/rest/flags.ts';
import { toRequest } from '../../src/rest/request.ts';
import type { Field } from '../../src/schema/fields.ts';
import { type Given, listPlaceholders, type Operation } from '../../src/schema/operations.ts';

/** The one who acts stands for flags that are not given. */
const ACTING = { tenantId: '{tenant_id}', userId: '{user_id}' };

/** Stands for a value that the answer on the way does not have. */
export const MISSING = 'not in the answer';

/** The fields of a row by the API's keys. */
export function listFields(operation: Operation): [key: string, field: Field][] {
  return Object.entries({ ...listFlagFields(operation), ...listArgFields(operation) });
}

/** @param ask stands for the server, where a row asks it for an object on the way */
export async function listRequests(operation: Operation, ask: (path: string) => Given): Promise<ApiRequest[]> {
  const optional = listFields(operation).filter(([, { required }]) => !required);
  const keys = optional.map(([key]) => key);
  const sets = keys.flatMap((key) => [
    [key, ...keys.filter((other) => other !== key)],
    keys.filter((other) => other !== key),
  ]);
  return Promise.all([keys, ...sets].map((set) => send(operation, settle(operation, set), ask)));
}

/** What is sent where no more is given than is needed. */
export async function findShortestRequest(operation: Operation, ask: (path: string) => Given): Promise<ApiRequest> {
  const defaults = listFields(operation).filter(([, field]) => field.default !== undefined);
  return send(
    operation,
    settle(operation, [...(operation.oneOf?.slice(0, 1) ?? []), ...defaults.map(([key]) => key)]),
    ask,
  );
}

/** As many of these keys as may stand together, the first ones first; and all that are required. */
function settle(operation: Operation, keys: readonly string[]): Set<string> {
  const fields = Object.fromEntries(listFields(operation));
  const kept = new Set(Object.keys(fields).filter((key) => fields[key]?.required));
  const excludes = (a: string, b: string) =>
    fields[a]?.conflictsWith?.includes(b) || (operation.oneOf?.includes(a) && operation.oneOf.includes(b));
  for (const key of keys) {
    if (![...kept].some((other) => excludes(key, other) || excludes(other, key))) kept.add(key);
  }
  for (let size = Number.NaN; size !== kept.size; ) {
    size = kept.size;
    for (const key of kept) {
      const needed = fields[key]?.requires;
      if (needed !== undefined && !kept.has(needed)) kept.delete(key);
    }
  }
  return kept;
}

async function send(
  operation: Operation,
  keys: ReadonlySet<string>,
  ask: (path: string) => Given,
): Promise<ApiRequest> {
  const fields = listFields(operation).filter(([key]) => keys.has(key));
  const typed = Object.fromEntries(fields.map(([key, field]) => [key, standIn(key, field)]));
  const acting = listFields(operation).flatMap(([key, { from }]) => (from ? [[key, ACTING[from]]] : []));
  const given = { ...Object.fromEntries(acting), ...typed };
  const { path, query = {}, body } = (await operation.prepare?.(given, async (asked) => ask(asked))) ?? {};
  // toRequest would leave out what is undefined, and the typo with it.
  const answered = Object.entries(query).map(([key, value]) => [
    key,
    value !== undefined && listPlaceholders(path ?? '').includes(key) ? `{${key}}` : (value ?? MISSING),
  ]);
  return toRequest({ ...operation, ...(path && { path }) }, { ...given, ...Object.fromEntries(answered) }, body);
}

/** The key itself in the place of its value, in the shape that the value would have. */
function standIn(key: string, field: Field): unknown {
  const name = `{${key}}`;
  if (field.kind === 'upload') return { path: name, name: 'report.pdf' };
  if (field.kind === 'object' && field.isMerged)
    return Object.fromEntries(
      [...(field.keys ?? []), ...Object.keys(field.formerKeys ?? {})].map((own) => [own, name]),
    );
  return field.maxCount ? [name] : name;
}
