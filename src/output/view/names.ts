// Whether the names that were typed are keys of the rows. Rows tell it as they come: a key may be missing in the first ones.

import { Failure } from '../../errors.ts';
import { listNames, lookUp } from '../../json/look-up.ts';
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { formatComplaint } from '../../schema/decode.ts';
import { askIfMeant, nearest } from '../../schema/suggest.ts';
import type { View } from '../../schema/view.ts';
import { asObject } from '../result.ts';

type Typed = { readonly flag: string; readonly name: string; isPossible?: boolean };

export type NameCheck = {
  /** Looks at the next rows. @throws Failure 'usage' for a name that is near to one of theirs, and none itself */
  readonly see: (rows: readonly Json[]) => void;
  /** @throws Failure 'usage' for a name that no row had, where there were rows */
  readonly end: () => void;
};

/** @param known columns that the command has, also where no row has them */
export function checkNames(view: View, known: readonly string[] = []): NameCheck {
  let open = listTyped(view).filter(({ name }) => !known.includes(name));
  let first: readonly JsonObject[] | undefined;
  const complain = ({ flag, name }: Typed, near?: string) =>
    new Failure('usage', formatComplaint(flag, name, { why: 'is not a column here' }), {
      lines: [...askIfMeant([near]), '--columns help lists them.'],
    });
  return {
    see: (rows) => {
      if (rows.length === 0 || open.length === 0) return;
      const objects = rows.map(asObject);
      open = open.filter((typed) => !objects.some((row) => isSeen(row, typed)));
      if (first) return;
      first = objects;
      for (const typed of open) {
        const near = nearest(typed.name, [...known, ...listNames(first)]);
        if (near !== undefined) throw complain(typed, near);
      }
    },
    end: () => {
      const wrong = open.find(({ isPossible }) => !isPossible);
      if (wrong && first) throw complain(wrong);
    },
  };
}

/** Below null and an empty list nobody can know: there the name is possible. */
function isSeen(row: JsonObject, typed: Typed): boolean {
  const { name } = typed;
  const value = lookUp(row, name);
  if (value === undefined) return false;
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
  if (!isEmpty || Object.hasOwn(row, name) || isObject(lookUp(row, name.slice(0, name.lastIndexOf('.'))))) return true;
  typed.isPossible = true;
  return false;
}

function listTyped({ columns = [], where, order }: View): Typed[] {
  return [
    ...columns.map((name) => ({ flag: '--columns', name })),
    ...where.map(({ key }) => ({ flag: '--where', name: key })),
    ...(order ? [{ flag: '--sort-by', name: order.key }] : []),
  ];
}
