// What is refused before it is sent: changes while only reading is allowed.

import { Failure } from '../errors.ts';
import type { Settings } from '../settings/resolve.ts';
import type { ApiRequest } from './request.ts';

/** Requests that only read though their method could change something. */
const SEARCHES: readonly string[] = ['POST /v1/chunks/search'];

/** @throws Failure 'refused' */
export function requireAllowed({ method, path }: ApiRequest, { readOnly, baseUrl }: Settings): void {
  if (!readOnly || method === 'GET' || method === 'HEAD') return;
  // As the server will see it, without dot segments and queries.
  const { pathname } = new URL(baseUrl + path);
  const base = new URL(baseUrl).pathname.replace(/\/$/, '');
  if (SEARCHES.includes(`${method} ${pathname.slice(base.length)}`)) return;
  throw new Failure('refused', `${method} ${path} would change something, and only reading is allowed`, {
    lines: ['Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.'],
  });
}
