// Whether a list shows less than there is: a person who did not ask for a part of it must not take it for the whole.

import type { Json } from '../json/value.ts';
import { type Given, type Operation, SCREENFUL } from '../schema/operations.ts';

/** @property rows that are shown; undefined for what is no list @property total as the server counts */
export type Counts = { readonly rows: number | undefined; readonly total: Json | undefined };

/** A sentence; undefined where all is shown, or no more was asked for. */
export function describeRest({ rows, total }: Counts, { clientOnly }: Operation, typed: Given): string | undefined {
  const isPart = ['limit', 'offset', 'all'].some((key) => typed[key] !== undefined);
  if (clientOnly?.['all'] === undefined || isPart || rows === undefined) return undefined;
  if (typeof total === 'number') return total > rows ? `${rows} of ${total}. --all shows the rest.` : undefined;
  return rows === SCREENFUL ? `${rows} rows, perhaps not all. --all shows the rest.` : undefined;
}
