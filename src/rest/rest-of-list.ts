// Whether a list shows less than there is: a person who did not ask for a part of it must not take it for the whole.

import type { Json } from '../json/value.ts';
import { findRows, findTotal } from '../output/result.ts';
import { type Given, type Operation, SCREENFUL } from '../schema/operations.ts';

/** A sentence; undefined where all is shown, or no more was asked for. */
export function describeRest(data: Json, { clientOnly, itemsKey }: Operation, typed: Given): string | undefined {
  const isPart = ['limit', 'offset', 'all'].some((key) => typed[key] !== undefined);
  const rows = findRows({ data, itemsKey })?.length;
  if (clientOnly?.['all'] === undefined || isPart || rows === undefined) return undefined;
  const total = findTotal({ data, itemsKey });
  if (typeof total === 'number') return total > rows ? `${rows} of ${total}. --all shows the rest.` : undefined;
  return rows === SCREENFUL ? `${rows} rows, perhaps not all. --all shows the rest.` : undefined;
}
