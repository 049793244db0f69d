// A request as the journal sees it: names and numbers, no value.

import type { Context } from '../context.ts';
import type { Deed } from '../journal/journal.ts';
import { countBody } from './body.ts';
import { isRead } from './read-only.ts';
import type { Answer, ApiRequest } from './request.ts';

/** Sends it, and writes that down where there is a journal. @throws Failure 'journal', and what `go` throws */
export function recorded<A extends Answer>(
  request: ApiRequest,
  { journal }: Context,
  go: () => Promise<A>,
): Promise<A> {
  return journal === undefined || request.isAnonymous ? go() : journal.send(describeDeed(request), go);
}

function describeDeed(request: ApiRequest): Deed {
  const { method, path, query = [], event } = request;
  // Some rows have a query in their path.
  const own = new URLSearchParams(/\?(.*)$/s.exec(path)?.[1]);
  const names = [...own.keys(), ...query.map(([name]) => name)];
  return { method, path, query: names, isRead: isRead(request), event, sent: countBody(request) };
}
