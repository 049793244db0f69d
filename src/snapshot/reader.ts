// The reading of a snapshot: pages to their end, refusals as findings, and how far it is.

import type { Session } from '../auth/session.ts';
import { see } from '../auth/unseen.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { type ListPage, readPages } from '../http/pages.ts';
import type { ApiRequest } from '../http/request.ts';
import { asRecord, type JsonObject } from '../json/value.ts';
import type { Files } from './files.ts';

export type Reader = {
  readonly session: Session;
  readonly files: Files;
  /** Path parts that grants name, as long as they are not in the tree. */
  readonly granted: Set<string>;
  /** Each row of a list. What the user may not see is recorded. @param about the row that says so @throws Failure of any other kind */
  readonly each: (request: ApiRequest, about: JsonObject, take: (row: JsonObject) => void) => Promise<void>;
  /** Records a refusal. */
  readonly miss: (about: JsonObject, why: Failure) => void;
  /** Whether lists grew or shrank while they were read. */
  readonly hasChanged: () => boolean;
};

export function createReader(session: Session, files: Files, context: Context): Reader {
  let hasChanged = false;
  const tell = createTeller(files, context);
  const miss = (about: JsonObject, why: Failure) => {
    const row = { ...about, why: why.kind };
    files.add('unseen', Object.values(row).map(String), row);
  };
  const read = async (request: ApiRequest, take: (row: JsonObject) => void) => {
    let before: ListPage['total'];
    for await (const { rows, total } of readPages(request, session.json, STRICT)) {
      if (before !== undefined && before !== total) hasChanged = true;
      before = total;
      for (const row of rows) take(asRecord(row));
      await tell();
    }
  };
  return {
    session,
    files,
    granted: new Set(),
    miss,
    hasChanged: () => hasChanged,
    each: async (request, about, take) => {
      const seen = await see(() => read(request, take));
      if ('unseen' in seen) miss(about, seen.unseen);
    },
  };
}

/** A list that ends too early is a hole, which no warning fills. */
const STRICT = {
  warn: (message: string | readonly string[]) => Promise.reject(new Failure('answer', [message].flat().join(' '))),
};

const REDRAW_MS = 100;

function createTeller(files: Files, { world, log }: Context): () => Promise<void> {
  let drawn = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = world.elapsed();
    if (at - drawn < REDRAW_MS || files.count('tree') === 0) return;
    drawn = at;
    const kinds = ['tree', 'versions', 'contents'] as const;
    const counts = kinds.flatMap((kind) => (files.count(kind) > 0 ? [`${files.count(kind)} ${NOUNS[kind]}`] : []));
    await log.status(counts.join('  '));
  };
}

const NOUNS = { tree: 'folders and documents', versions: 'versions', contents: 'sections and chunks' } as const;
