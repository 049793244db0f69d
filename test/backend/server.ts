// A stand-in ks-backend on loopback. It checks what the real one checks and answers in FastAPI's shapes; it can also
// misbehave on request.

import type { Server } from 'bun';
import { answerHeld, findRole, hiddenFrom } from './access.ts';
import type { Certificate } from './certificates.ts';
import { type Held, type Holds, hold } from './holds.ts';
import { receive } from './ingest.ts';
import { type ApiKeys, createApiKeys } from './keys.ts';
import { createResources, type Resources } from './resources.ts';
import { withBelow } from './store.ts';
import { type Claims, signToken, verifyToken } from './tokens.ts';

export const ADMIN_KEY = 'test-admin-key-0123456789';
export const USER = '00000000-0000-0000-0001-000000000001';
export const OTHER_USER = '00000000-0000-0000-0001-000000000002';
export const TENANT = '00000000-0000-0000-0002-000000000001';

const EMAILS: Readonly<Record<string, string>> = { [USER]: 'user@example.com', [OTHER_USER]: 'other@example.com' };

export type Recorded = { readonly route: string; readonly headers: Headers; readonly body: string };

/** An answer in place of the real one. */
export type Fault = (request: Request) => Response | Promise<Response>;

export type Trouble = { readonly status: number; readonly isDone: boolean };

export type Backend = {
  readonly url: string;
  readonly requests: Recorded[];
  /** How often a route was called: `POST /v1/auth/assume_user`. */
  count(route: string): number;
  /** Seconds that new tokens are good for. */
  lifetime: number;
  /** Faults by route; each is used for every call until it is removed. */
  readonly faults: Map<string, Fault>;
  /** Failures by route, asked for at each call: the work may be done all the same. */
  readonly troubles: Map<string, () => Trouble | undefined>;
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
  /** By user, the ids of rows that they may not see, nor what is below them. */
  readonly hidden: Map<string, ReadonlySet<string>>;
  /** Users who are held to their role and their grants. */
  readonly held: Set<string>;
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
    troubles: new Map(),
    hold: (route, count = 1) => hold(route, count, holds),
    streams: new Set(),
    revoked: new Set(),
    apiKeys: createApiKeys(),
    resources: createResources(TENANT, USER),
    hidden: new Map(),
    held: new Set(),
    stop: () => server.stop(true),
  };
  return backend;
}

async function answer(request: Request, backend: Backend, holds: Holds): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const route = `${request.method} ${pathname}`;
  const bytes = new Uint8Array(backend.streams.has(route) ? [] : await request.arrayBuffer());
  const body = new TextDecoder().decode(bytes);
  backend.requests.push({ route: route + search, headers: request.headers, body });
  await holds.get(route)?.();
  const fault = backend.faults.get(route);
  if (fault) return fault(request);
  const trouble = backend.troubles.get(route)?.();
  if (trouble?.isDone === false) return refuse(trouble.status, 'Trouble');
  const handler = HANDLERS[route];
  const done = await (handler ? handler(request, body, backend) : answerAsUser(request, bytes, backend));
  return trouble ? refuse(trouble.status, 'Trouble') : done;
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
    if (backend.held.has(claims.userId))
      Object.assign(me, { current_tenant_role: findRole(backend.resources.store, claims.userId) });
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

async function answerAsUser(request: Request, bytes: Uint8Array<ArrayBuffer>, backend: Backend): Promise<Response> {
  const claims = await claimsOf(request, backend);
  if (!claims) return refuse(401, 'Invalid or expired token');
  const url = new URL(request.url);
  const type = request.headers.get('content-type') ?? '';
  const fields = type.startsWith('multipart/')
    ? await readForm(bytes, type)
    : parseObject(new TextDecoder().decode(bytes));
  return (
    backend.apiKeys.answer(request.method, url.pathname, fields, claims) ??
    answerAbout(request.method, url, fields, claims.userId, backend)
  );
}

function answerAbout(
  method: string,
  url: URL,
  fields: Record<string, unknown>,
  userId: string,
  backend: Backend,
): Response {
  const { held, hidden, resources } = backend;
  const { store } = resources;
  const ids = hidden.get(userId);
  if (!held.has(userId)) return resources(method, url, fields, ids && withBelow(ids, store));
  return answerHeld(method, url, userId, store) ?? resources(method, url, fields, hiddenFrom(userId, store));
}

async function readForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Record<string, unknown>> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const fields = [...form].map(async ([name, value]) => [name, value instanceof File ? await receive(value) : value]);
  return Object.fromEntries(await Promise.all(fields));
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
