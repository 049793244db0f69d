// The path part of the top itself, which no list holds: the parent of what is there.

import { readPages } from '../http/pages.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import type { Server } from './requests.ts';

/** undefined where nothing at the top tells it, or not all the same. */
export async function findTop({ json, log }: Server): Promise<string | undefined> {
  const parents = new Set<string>();
  for await (const { rows } of readPages({ method: 'GET', path: '/v1/folders' }, json, log)) {
    for (const { materialized_path, parent_path_part_id } of rows.map(asRecord)) {
      const parent = nonEmptyString(parent_path_part_id);
      // The folder of the one who acts is shown here too, and hangs elsewhere.
      if (parent !== undefined && /^\/[^/]+\/?$/.test(String(materialized_path))) parents.add(parent);
    }
  }
  return parents.size === 1 ? [...parents][0] : undefined;
}
