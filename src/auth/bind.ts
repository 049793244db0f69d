// The binding of a named session: base URL, tenant and user stay as they were when it was made, and so does its guard.
// The unnamed session is never bound.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { Binding, Credentials } from './credentials.ts';
import type { Identity } from './identity.ts';
import { isForeign } from './origin.ts';
import type { Place } from './place.ts';
import { readBinding } from './store.ts';

/** What the new credentials must agree with; undefined where the session is unnamed, new, or to be replaced. */
export function findBinding(place: Place, isReplaced: boolean, { world }: Context): Binding | undefined {
  return place.session === undefined || isReplaced ? undefined : readBinding(place, world);
}

/** @throws Failure 'refused' that names what the session is bound to and what was asked for */
export function requireBound(binding: Binding | undefined, wanted: Identity, place: Place, baseUrl: string): void {
  if (binding === undefined) return;
  const pairs = [
    ['tenant', binding.tenantId, wanted.tenantId],
    ['user', binding.userId, wanted.userId],
    ['base URL', isForeign(binding, baseUrl) ? binding.baseUrl : undefined, baseUrl],
  ] as const;
  const differences = pairs.flatMap(([what, bound, asked]) =>
    bound === undefined || bound === asked ? [] : [`${what} ${bound}, not for ${asked}`],
  );
  if (differences.length === 0) return;
  throw new Failure('refused', `session ${place.session}: it is for ${differences.join('; for ')}`, {
    lines: ['Nothing was sent. Choose another name, or bind this one anew with --replace.'],
  });
}

/** For the moment of writing: another process may have made the session meanwhile. @throws Failure 'refused' */
export function bindTo(credentials: Credentials, place: Place, isReplaced: boolean, context: Context): Credentials {
  const binding = findBinding(place, isReplaced, context);
  requireBound(binding, credentials, place, context.settings.baseUrl);
  return { ...credentials, isReadOnly: credentials.isReadOnly || (binding?.isReadOnly ?? false) };
}
