// The answer to a row, laid out to be shown. Pure.

import type { Json } from '../json/value.ts';
import { nonEmptyString } from '../json/value.ts';
import type { Readable } from '../output/result.ts';
import { type Given, listPlaceholders, nameRow } from '../schema/operations.ts';
import type { Answered } from './exchange.ts';
import { fillIn, type GivenRow } from './given.ts';

export function layOut(row: GivenRow, typed: Given, { data, pages, isChanged }: Answered): Readable {
  const { resource, operation, given } = row;
  const { itemsKey, tree, changedMessage, successMessage, columns, id } = operation;
  const isEmpty = data === undefined && pages === undefined;
  const message = isChanged ? changedMessage : successMessage;
  const text = (message && fillIn(message, operation, given)) ?? (isEmpty ? 'Done' : undefined);
  const key = listPlaceholders(operation.path).at(-1) ?? resource.id;
  const typedId = nonEmptyString(given[key]);
  const done = { ...listIds(typed), [operation.method === 'DELETE' ? 'deleted' : 'done']: true };
  return {
    ...(pages ? { pages } : { data: data ?? done }),
    ...(text && { text: `${text}\n` }),
    columns: columns ?? resource.columns,
    id: isEmpty ? key : id === false ? '' : (id ?? resource.id),
    ...(typedId && { typedId }),
    ...(itemsKey && { itemsKey }),
    ...(tree && { tree: { parent: tree.parent, label: (item) => (tree.label ?? nameRow)(item, given) } }),
  };
}

/** The ids that were typed, to say what was done to whom. */
function listIds(typed: Given): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([key, value]) =>
      key.endsWith('_id') && typeof value === 'string' ? [[key, value]] : [],
    ),
  );
}
