// API keys of users on the stand-in backend: made, listed and deleted by their user; who shows one acts as that user.

import { created, missing } from './answers.ts';
import { judge } from './description.ts';
import type { Row } from './store.ts';
import type { Claims } from './tokens.ts';

type Kept = Claims & { readonly id: string; readonly name: string; readonly key: string; readonly created_at: string };

export type ApiKeys = {
  /** The full key, which nobody sees again. */
  create(claims: Claims, name?: string): string;
  /** The user whose key it is; undefined for one that nobody made, or that is deleted. */
  find(key: string): Claims | undefined;
  /** As when its user deletes it. */
  delete(key: string): void;
  /** undefined where the path means no keys. */
  answer(method: string, pathname: string, body: Row, claims: Claims): Response | undefined;
};

export function createApiKeys(): ApiKeys {
  const kept = new Map<string, Kept>();
  const make = (claims: Claims, name: string): Kept => {
    const key = `sk-user-${crypto.randomUUID().replaceAll('-', '')}`;
    const row = { ...claims, id: crypto.randomUUID(), name, key, created_at: new Date().toISOString() };
    kept.set(key, row);
    return row;
  };
  const ownedBy = ({ userId, tenantId }: Claims) =>
    [...kept.values()].filter((row) => row.userId === userId && row.tenantId === tenantId);
  return {
    create: (claims, name = 'test') => make(claims, name).key,
    find: (key) => kept.get(key),
    delete: (key) => {
      kept.delete(key);
    },
    answer: (method, pathname, body, claims) => {
      const [, id] = /^\/v1\/api-keys(?:\/([^/]+))?$/.exec(pathname) ?? [undefined];
      if (!pathname.startsWith('/v1/api-keys')) return undefined;
      const refusal = judge(method, new URL(pathname, 'http://localhost'), body);
      if (refusal) return refusal;
      if (id === undefined && method === 'GET') return Response.json(ownedBy(claims).map(show));
      if (id === undefined && method === 'POST') return created(showInFull(make(claims, String(body['name']))));
      const row = ownedBy(claims).find((one) => one.id === id);
      if (row === undefined) return missing();
      if (method === 'GET') return Response.json(show(row));
      kept.delete(row.key);
      return new Response(null, { status: 204 });
    },
  };
}

function show({ id, name, key, created_at }: Kept): Row {
  return { id, name, key_suffix: key.slice(-4), created_at };
}

function showInFull(row: Kept): Row {
  const { id, name, key_suffix, created_at } = show(row);
  return { id, name, key: row.key, key_suffix, created_at };
}
