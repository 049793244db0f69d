// All folders and documents below a folder, or below the top, where no request asks for all at once.

import type { Session } from '../auth/session.ts';
import { type ListPage, readPages } from '../http/pages.ts';
import { encodeSegment } from '../http/request.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import type { Log } from '../terminal/log.ts';

export type Below = {
  /** undefined for the top. */
  readonly folder: string | undefined;
  /** Levels: 1 is what is in it itself. */
  readonly depth: number;
  /** For each of the requests. */
  readonly query: readonly (readonly [name: string, value: string])[];
};

type Server = Pick<Session, 'json'> & { readonly log: Pick<Log, 'warn'> };

/** More than any tree has. */
export const ALL_LEVELS = 1000;

/** What is at the top, then what is in each folder there, each to its last page. The server's totals are those of its parts. */
export async function* readBelow({ folder, depth, query }: Below, server: Server): AsyncGenerator<ListPage> {
  if (folder !== undefined) return yield* readInside(folder, depth, query, server);
  const folders: string[] = [];
  for (const kind of ['folders', 'documents']) {
    for await (const page of readPages({ method: 'GET', path: `/v1/${kind}`, query }, server.json, server.log)) {
      yield withoutTotal(page);
      if (kind === 'folders') folders.push(...page.rows.flatMap((row) => nonEmptyString(asRecord(row)['id']) ?? []));
    }
  }
  if (depth > 1) for (const id of folders) yield* readInside(id, depth - 1, query, server);
}

async function* readInside(
  folder: string,
  depth: number,
  query: Below['query'],
  { json, log }: Server,
): AsyncGenerator<ListPage> {
  const path = `/v1/folders/${encodeSegment(folder)}/contents`;
  const request = { method: 'GET', path, query: [['max_depth', `${depth}`] as const, ...query] };
  for await (const page of readPages(request, json, log)) yield withoutTotal(page);
}

function withoutTotal({ rows }: ListPage): ListPage {
  return { rows, total: undefined };
}

export type Levels = {
  /** The same pages. */
  readonly watch: (pages: AsyncIterable<ListPage>) => AsyncGenerator<ListPage>;
  /** Whether a folder stands on the last level: what is in it was not asked for. Known at the end of the pages. */
  readonly isCut: () => boolean;
};

export function createLevels(depth: number): Levels {
  const parents = new Map<unknown, unknown>();
  return {
    async *watch(pages) {
      for await (const page of pages) {
        for (const { part_type, path_part_id, parent_path_part_id } of page.rows.map(asRecord))
          if (part_type === 'FOLDER') parents.set(path_part_id, parent_path_part_id);
        yield page;
      }
    },
    isCut: () => [...parents.keys()].some((part) => countLevel(part, parents, depth) === depth),
  };
}

function countLevel(part: unknown, parents: ReadonlyMap<unknown, unknown>, most: number): number {
  let level = 0;
  for (let at = part; parents.has(at) && level < most; at = parents.get(at)) level++;
  return level;
}
