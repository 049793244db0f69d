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

/** The router's own answer: it knows the path, but not with this method. */
export function noMethod(): Response {
  return Response.json({ detail: 'Method Not Allowed' }, { status: 405 });
}

/** @param filters keys of the query that narrow the list */
export function page(rows: readonly Row[], url: URL, filters: readonly string[] = []): Response {
  const limit = Number(url.searchParams.get('limit') ?? 20);
  const offset = Number(url.searchParams.get('offset') ?? 0);
  const found = rows.filter((row) =>
    filters.every((key) => [null, String(row[key])].includes(url.searchParams.get(key))),
  );
  return Response.json({ items: found.slice(offset, offset + limit), total: found.length, limit, offset });
}
