// Read-only: a request that could change something is refused before it is sent.

import { Failure } from '../errors.ts';
import type { ApiRequest } from './request.ts';

/** @property reason the sentence that says why only reading is allowed @property prefix of the message: the session */
export type Guard = { readonly reason: string; readonly prefix: string };

/** @param guard undefined where everything is allowed @throws Failure 'refused' */
export function requireAllowed({ method, path, isSafe }: ApiRequest, guard: Guard | undefined): void {
  if (guard === undefined || isSafe || method === 'GET' || method === 'HEAD') return;
  throw new Failure('refused', `${guard.prefix}${method} ${path} would change something, and only reading is allowed`, {
    lines: [`Nothing was sent. ${guard.reason}`],
  });
}
