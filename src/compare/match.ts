// The rows of two lists, matched by their ids. A row that is met is forgotten: what is kept are rows that wait for their
// other half, and those that differ.

import { isObject, type Json } from '../json/value.ts';
import { findId } from '../output/ids.ts';
import { canonicalText, type Difference, isSame, listDifferences } from './values.ts';

export type Side = 'a' | 'b';

/** @property id empty where the row has none @property position in its list, from 1 */
export type Found = { readonly id: string; readonly row: Json; readonly position: number };

export type Pair = { readonly a: Found; readonly b: Found; readonly fields: readonly Difference[] };

export type Outcome = {
  readonly onlyIn: Readonly<Record<Side, readonly Found[]>>;
  /** Rows that the other list has too, but less often. */
  readonly again: Readonly<Record<Side, readonly Found[]>>;
  readonly different: readonly Pair[];
  readonly same: number;
};

export type Match = { readonly take: (side: Side, row: Json) => void; readonly finish: () => Outcome };

/** @param idKey the key of the rows' ids */
export function createMatch(idKey: string): Match {
  const waiting = { a: new Map<string, Found[]>(), b: new Map<string, Found[]>() };
  const counts = { a: 0, b: 0 };
  const met = new Set<number>();
  let same = 0;
  return {
    take: (side, row) => {
      const found = { id: identify(row, idKey), row, position: ++counts[side] };
      const key = keyOf(found);
      const others = waiting[side === 'a' ? 'b' : 'a'];
      const list = others.get(key) ?? [];
      const at = list.findIndex((other) => isSame(other.row, row));
      if (at === -1) {
        const mine = waiting[side].get(key);
        if (mine) mine.push(found);
        else waiting[side].set(key, [found]);
        return;
      }
      list.splice(at, 1);
      if (list.length === 0) others.delete(key);
      met.add(hash(key));
      same++;
    },
    finish: () => ({ ...settle(waiting.a, waiting.b, (key) => met.has(hash(key))), same }),
  };
}

/** The row's own id; else the one of the only object in it that has one, like `{"user": {"id": …}, "role": …}`. */
function identify(row: Json, key: string): string {
  const own = findId(row, key);
  if (own !== '' || !isObject(row)) return own;
  const inner = Object.values(row).flatMap((value) => (isObject(value) ? findId(value, key) || [] : []));
  return inner.length === 1 ? (inner[0] ?? '') : '';
}

/** A row without an id is met by one of the same contents. */
function keyOf({ id, row }: Found): string {
  return id === '' ? `#${canonicalText(row)}` : `=${id}`;
}

/** Of millions of keys, a number each. */
function hash(key: string): number {
  return Number(Bun.hash(key));
}

type Waiting = ReadonlyMap<string, readonly Found[]>;

/** Rows of one id belong together in their order, rows without an id where their position is the same. */
function settle(a: Waiting, b: Waiting, isMet: (key: string) => boolean): Omit<Outcome, 'same'> {
  const withoutId = [...b.values()].flat().filter(({ id }) => id === '');
  const byPosition = new Map(withoutId.map((row) => [row.position, row]));
  const partner = (key: string, row: Found, at: number) =>
    row.id === '' ? byPosition.get(row.position) : b.get(key)?.[at];
  const taken = new Set<Found>();
  const different: Pair[] = [];
  for (const [key, rows] of a) {
    for (const [at, row] of rows.entries()) {
      const other = partner(key, row, at);
      if (other === undefined) continue;
      taken.add(row).add(other);
      different.push({ a: row, b: other, fields: listDifferences(row.row, other.row) });
    }
  }
  const left = (mine: Waiting, others: Waiting, isAgain: boolean) =>
    [...mine]
      .flatMap(([key, rows]) =>
        (isMet(key) || others.has(key)) === isAgain ? rows.filter((row) => !taken.has(row)) : [],
      )
      .sort((one, other) => one.position - other.position);
  return {
    different: different.sort((one, other) => one.a.position - other.a.position),
    onlyIn: { a: left(a, b, false), b: left(b, a, false) },
    again: { a: left(a, b, true), b: left(b, a, true) },
  };
}
