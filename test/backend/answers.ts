// The shapes in which the stand-in backend answers, as FastAPI does.

import type { Row } from './store.ts';

export function missing(): Response {
  return Response.json({ detail: 'Not found' }, { status: 404 });
}

export function created(value: unknown): Response {
  return Response.json(value, { status: 201 });
}

/** The router's own answer: it knows no such path. */
export function unknown(): Response {
  return Response.json({ detail: 'Not Found' }, { status: 404 });
}

/** One line a key of the body that is not there; undefined where all are. */
export function incomplete(body: Row, required: readonly string[]): Response | undefined {
  const lacking = required.filter((key) => body[key] === undefined);
  const detail = lacking.map((key) => ({ loc: ['body', key], msg: 'Field required', type: 'missing' }));
  return lacking.length === 0 ? undefined : Response.json({ detail }, { status: 422 });
}

/** FastAPI's limits: 1 to 100 rows. @param filters keys of the query that narrow the list */
export function page(rows: readonly Row[], url: URL, filters: readonly string[] = []): Response {
  const limit = Number(url.searchParams.get('limit') ?? 20);
  const offset = Number(url.searchParams.get('offset') ?? 0);
  if (!(limit >= 1 && limit <= 100 && offset >= 0)) {
    return Response.json({ detail: [{ loc: ['query', 'limit'], msg: 'out of range' }] }, { status: 422 });
  }
  const found = rows.filter((row) =>
    filters.every((key) => [null, String(row[key])].includes(url.searchParams.get(key))),
  );
  return Response.json({ items: found.slice(offset, offset + limit), total: found.length, limit, offset });
}
