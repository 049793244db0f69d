// What is refused before it is sent: changes while only reading is allowed, and acting as somebody else than expected.

import { Failure, signInFailure } from '../errors.ts';
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

/** @throws Failure 'not-authenticated' */
export function requireExpected(
  identity: { readonly tenantId: string; readonly userId: string },
  { expectTenant, expectUser }: Settings,
): void {
  const wrong = [
    ['tenant', identity.tenantId, expectTenant],
    ['user', identity.userId, expectUser],
  ].filter(([, actual, expected]) => expected !== undefined && actual !== expected);
  if (wrong.length === 0) return;
  throw signInFailure(
    'not-authenticated',
    { tenantId: expectTenant ?? identity.tenantId, userId: expectUser ?? identity.userId },
    {
      lines: [
        ...wrong.map(([what, actual, expected]) => `The ${what} is ${actual}, but ${expected} is expected.`),
        'Nothing was sent.',
      ],
    },
  );
}
