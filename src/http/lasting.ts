// What outlives a session: keys and passwords, made while acting as somebody else's user, would still work after it.

import { Failure } from '../errors.ts';
import type { ApiRequest } from './request.ts';

/**
 * @param baseUrl which may hold the beginning of the path @param prefix of the message: the session
 * @throws Failure 'refused', unless it is allowed
 */
export function requirePassing(request: ApiRequest, baseUrl: string, prefix: string): void {
  const { method, path, mayLast } = request;
  if (mayLast || !isLasting(method, new URL(baseUrl).pathname + path)) return;
  throw new Failure('refused', `${prefix}${method} ${path} may make something that outlives the session`, {
    lines: ['Nothing was sent. It is done as somebody else only with --allow-lasting.'],
  });
}

/** However the path is written, as long as some server could read it so. */
function isLasting(method: string, path: string): boolean {
  const segments: string[] = [];
  for (const segment of decodeWhole(path.split('?')[0] ?? '')
    .toLowerCase()
    .split(/[/\\]/)) {
    // A route of Starlette takes a line break behind it; a server in C ends a text at NUL.
    const name = (segment.split(/[;\0]/)[0] ?? '').trim();
    if (name === '..') segments.pop();
    else if (name !== '' && name !== '.') segments.push(name);
  }
  const plain = `/${segments.join('/')}`;
  // Behind whatever a gateway puts before it.
  return (method === 'POST' && plain.endsWith('/v1/api-keys')) || /\/v1\/auth\/(pw|sso)(\/|$)/.test(plain);
}

/** Also what was encoded more than once. */
function decodeWhole(path: string): string {
  const decoded = path.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return decoded === path ? path : decodeWhole(decoded);
}
