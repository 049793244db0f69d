// What outlives a session: keys and passwords, made while acting as somebody else's user, would still work after it.

import { Failure } from '../errors.ts';
import type { ApiRequest } from './request.ts';

/** @param prefix of the message: the session @throws Failure 'refused', unless it is allowed */
export function requirePassing(request: ApiRequest, prefix: string): void {
  const { method, path, mayLast } = request;
  if (mayLast || !isLasting(request)) return;
  throw new Failure('refused', `${prefix}${method} ${path} may make something that outlives the session`, {
    lines: ['Nothing was sent. It is done as somebody else only with --allow-lasting.'],
  });
}

/** However the path is written, as long as some server could read it so. */
function isLasting({ method, path }: ApiRequest): boolean {
  const segments: string[] = [];
  for (const segment of decodeWhole(path.split('?')[0] ?? '')
    .toLowerCase()
    .split(/[/\\]/)) {
    const [name = ''] = segment.split(';');
    if (name === '..') segments.pop();
    else if (name !== '' && name !== '.') segments.push(name);
  }
  const plain = `/${segments.join('/')}`;
  return (method === 'POST' && plain === '/v1/api-keys') || /^\/v1\/auth\/(pw|sso)(\/|$)/.test(plain);
}

/** Also what was encoded more than once. */
function decodeWhole(path: string): string {
  const decoded = path.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return decoded === path ? path : decodeWhole(decoded);
}
