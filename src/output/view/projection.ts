// Rows with the columns that were asked for: flat, so that a column has one name in every format.

import { lookUpIn } from '../../json/look-up.ts';
import { hasNativeOrder, type JsonObject, toObject } from '../../json/value.ts';

/** What is missing stays so. */
export type Projection = (row: JsonObject) => JsonObject;

export function createProjection(columns: readonly string[]): Projection {
  const inOrder: Projection = (row) =>
    toObject(
      columns.flatMap((name) => {
        const value = lookUpIn(row, name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  // JavaScript puts keys of digits first, and takes __proto__ for something else.
  if (columns.some((name) => /^\d+$|^__proto__$/.test(name))) return inOrder;
  return (row) => {
    const object: JsonObject = {};
    for (const name of columns) {
      const value = lookUpIn(row, name);
      if (value === undefined) continue;
      if (!hasNativeOrder(value)) return inOrder(row);
      object[name] = value;
    }
    return object;
  };
}
