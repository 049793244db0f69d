// A stand-in ks-backend on loopback. It checks what the real one checks and answers in FastAPI's shapes; it can also
// misbehave on request.

import type { Server } from 'bun';
import type { Certificate } from './certificates.ts';
import { type ApiKeys, createApiKeys } from './keys.ts';
import { createResources, type Resources } from './resources.ts';
import { type Claims, signToken, verifyToken } from './tokens.ts';

export const ADMIN_KEY = 'test-admin-key-0123456789';
export const USER = '00000000-0000-0000-0001-000000000001';
export const OTHER_USER = '00000000-0000-0000-0001-000000000002';
export const TENANT = '00000000-0000-0000-0002-000000000001';

const EMAILS: Readonly<Record<string, string>> = { [USER]: 'user@example.com', [OTHER_USER]: 'other@example.com' };

export type Recorded = { readonly route: string; readonly headers: Headers; readonly body: string };

/** An answer in place of the real one. */
export type Fault = (request: Request) => Response | Promise<Response>;

/** @property reached settles when all the calls have arrived */
export type Held = { readonly reached: Promise<void>; release(): void };

export type Backend = {
  readonly url: string;
  readonly requests: Recorded[];
  /** How often a route was called: `POST /v1/auth/assume_user`. */
  count(route: string): number;
  /** Seconds that new tokens are good for. */
  lifetime: number;
  /** Faults by route; each is used for every call until it is removed. */
  readonly faults: Map<string, Fault>;
  /** Keeps the next calls of a route waiting, as many as are counted. */
  hold(route: string, count?: number): Held;
  /** Routes whose faults read the body themselves, however long it is. */
  readonly streams: Set<string>;
  /** Tokens that are refused though their signature and time are good. */
  readonly revoked: Set<string>;
  /** In place of a token, for whoever has one. */
  readonly apiKeys: ApiKeys;
  /** Folders, documents and all that: state that commands change. */
  readonly resources: Resources;
  /** By user, the ids of rows that they may not see. */
  readonly hidden: Map<string, ReadonlySet<string>>;
  stop(): Promise<void>;
};

export type BackendOptions = { readonly tls?: Certificate; readonly hostname?: string };

export function startBackend({ tls, hostname = '127.0.0.1' }: BackendOptions = {}): Backend {
  const holds: Holds = new Map();
  const server: Server<undefined> = Bun.serve({
    port: 0,
    hostname,
    idleTimeout: 0,
    maxRequestBodySize: 2 ** 31,
    ...(tls && { tls: { cert: tls.certificate, key: tls.key } }),
    fetch: (request) => answer(request, backend, holds),
  });
  const backend: Backend = {
    url: `${tls ? 'https' : 'http'}://${tls ? 'localhost' : hostname}:${server.port}`,
    requests: [],
    count: (route) => backend.requests.filter((request) => request.route === route).length,
    lifetime: 3600,
    faults: new Map(),
    hold: (route, count = 1) => hold(route, count, holds),
    streams: new Set(),
    revoked: new Set(),
    apiKeys: createApiKeys(),
    resources: createResources(TENANT, USER),
    hidden: new Map(),
    stop: () => server.stop(true),
  };
  return backend;
}

type Holds = Map<string, () => Promise<void>>;

function hold(route: string, count: number, holds: Holds): Held {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let arrived = 0;
  holds.set(route, () => {
    if (++arrived === count) {
      holds.delete(route);
      reached.resolve();
    }
    return released.promise;
  });
  return { reached: reached.promise, release: released.resolve };
}

async function answer(request: Request, backend: Backend, holds: Holds): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const route = `${request.method} ${pathname}`;
  const body = backend.streams.has(route) ? '' : await request.text();
  backend.requests.push({ route: route + search, headers: request.headers, body });
  await holds.get(route)?.();
  const fault = backend.faults.get(route);
  if (fault) return fault(request);
  const handler = HANDLERS[route];
  return handler ? handler(request, body, backend) : answerAsUser(request, body, backend);
}

type Handler = (request: Request, body: string, backend: Backend) => Promise<Response>;

const HANDLERS: Readonly<Record<string, Handler>> = {
  'POST /v1/auth/assume_user': async ({ headers }, body, { lifetime }) => {
    if (headers.get('x-admin-api-key') !== ADMIN_KEY) return refuse(403, 'Invalid admin API key');
    const claims = readClaims(body);
    if (claims instanceof Response) return claims;
    if (!Object.hasOwn(EMAILS, claims.userId)) return refuse(404, 'User not found');
    return Response.json({ token: await signToken(claims, lifetime) });
  },
  'GET /v1/users/me': async (request, _body, backend) => {
    const claims = await claimsOf(request, backend);
    if (!claims) return refuse(401, 'Invalid or expired token');
    const me = { id: claims.userId, email: EMAILS[claims.userId] ?? null };
    // Whoever shows a key learns from here whose it is.
    return Response.json(isByKey(request) ? { ...me, current_tenant_id: claims.tenantId } : me);
  },
};

const BEARER = /^Bearer (.+)$/;

function isByKey({ headers }: Request): boolean {
  return BEARER.test(headers.get('authorization') ?? '');
}

async function claimsOf({ headers }: Request, { revoked, apiKeys }: Backend): Promise<Claims | undefined> {
  const [, key] = BEARER.exec(headers.get('authorization') ?? '') ?? [];
  if (key !== undefined) return apiKeys.find(key);
  const token = /(?:^|;\s*)ks_uat=([^;]+)/.exec(headers.get('cookie') ?? '')?.[1] ?? '';
  return revoked.has(token) ? undefined : verifyToken(token);
}

async function answerAsUser(request: Request, body: string, backend: Backend): Promise<Response> {
  const claims = await claimsOf(request, backend);
  if (!claims) return refuse(401, 'Invalid or expired token');
  const url = new URL(request.url);
  const aboutKeys = backend.apiKeys.answer(request.method, url.pathname, parseObject(body), claims);
  if (aboutKeys) return aboutKeys;
  const type = request.headers.get('content-type') ?? '';
  const isForm = type.startsWith('multipart/');
  const form = isForm && (await new Response(body, { headers: { 'content-type': type } }).formData());
  const fields = form ? Object.fromEntries(form) : parseObject(body);
  return backend.resources(request.method, url, fields, backend.hidden.get(claims.userId));
}

function readClaims(body: string): Claims | Response {
  const fields = parseObject(body);
  const missing = ['tenant_id', 'user_id'].filter((name) => !isUuid(fields[name]));
  if (missing.length === 0) return { tenantId: String(fields['tenant_id']), userId: String(fields['user_id']) };
  const detail = missing.map((name) => ({ loc: ['body', name], msg: 'field required', type: 'value_error.missing' }));
  return Response.json({ detail }, { status: 422 });
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function isUuid(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

export function refuse(status: number, detail: unknown): Response {
  return Response.json({ detail }, { status });
}
