// Read-only: a request that could change something is refused before it is sent.

import { Failure } from '../errors.ts';
import type { ApiRequest } from './request.ts';

/** @property reason the sentence that says why only reading is allowed @property prefix of the message: the session */
export type Guard = { readonly reason: string; readonly prefix: string };

export function isRead({ method, isSafe }: Pick<ApiRequest, 'method' | 'isSafe'>): boolean {
  return isSafe === true || method === 'GET' || method === 'HEAD';
}

/** @param guard undefined where everything is allowed @throws Failure 'refused' */
export function requireAllowed(request: ApiRequest, guard: Guard | undefined): void {
  if (guard === undefined || isRead(request)) return;
  const { method, path } = request;
  throw new Failure('refused', `${guard.prefix}${method} ${path} would change something, and only reading is allowed`, {
    lines: [`Nothing was sent. ${guard.reason}`],
  });
}
