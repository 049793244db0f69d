// A list from its first page to its last, one page at a time.

import { Failure } from '../errors.ts';
import type { LongList } from '../json/long-list.ts';
import { asRecord, type Json } from '../json/value.ts';
import { LARGEST_PAGE } from '../schema/operations.ts';
import type { Log } from '../terminal/log.ts';
import type { ApiRequest } from './request.ts';

export type ListPage = {
  readonly rows: Json[];
  /** Of all pages, where the server says so. */
  readonly total: Json | undefined;
};

/**
 * @property long of the one answer that all pages come from, and that can be gone through again
 * @property isBare no server gave a list: JSON has an array of the rows, without an object around it
 */
export type Pages = AsyncIterable<ListPage> & {
  readonly long?: Pick<LongList, 'frame' | 'whole'>;
  readonly isBare?: boolean;
};

/** A long list as pages, which can be read more than once. */
export function toPages(list: LongList): Pages {
  const { frame, whole } = list;
  const { total } = asRecord(frame);
  return {
    long: { frame, whole },
    async *[Symbol.asyncIterator]() {
      for (const rows of list.parts()) yield { rows, total };
    },
  };
}

/** @param ask sends a request and gives its data @param size rows a page @throws Failure 'answer' for data that is no list */
export async function* readPages(
  request: ApiRequest,
  ask: (request: ApiRequest) => Promise<Json>,
  log: Pick<Log, 'warn'>,
  size = LARGEST_PAGE,
): AsyncGenerator<ListPage> {
  const query = (request.query ?? []).filter(([name]) => name !== 'limit' && name !== 'offset');
  let offset = Number(request.query?.find(([name]) => name === 'offset')?.[1]) || 0;
  for (let before: Json[] = []; ; ) {
    const data = await ask({ ...request, query: [...query, ['limit', `${size}`], ['offset', `${offset}`]] });
    const page = readPage(data);
    if (page.rows.length > 0 && Bun.deepEquals(page.rows, before)) throw standsStill(offset);
    before = page.rows;
    yield page;
    // The binary starts with a compiler that holds back, for short commands; from here on compiling pays.
    Bun.unsafe.setJITPolicy(1);
    offset += page.rows.length;
    // A server may give fewer rows than it was asked for; without a total, a short page is the last.
    const isLast = typeof page.total === 'number' ? offset >= page.total : page.rows.length < size;
    if (isLast) return;
    if (page.rows.length === 0) return log.warn(`The server ends the list at ${offset} of ${page.total} rows.`);
  }
}

/** There would be no end. */
function standsStill(offset: number): Failure {
  const again = `at offset ${offset} the server gave the rows before it again`;
  return new Failure('answer', `The list does not advance: ${again}. It seems to ignore offset`);
}

function readPage(data: Json): ListPage {
  if (Array.isArray(data)) return { rows: data, total: data.length };
  const { items, total } = asRecord(data);
  if (!Array.isArray(items)) throw new Failure('answer', 'The server answered with something that is no list');
  return { rows: items, total };
}
