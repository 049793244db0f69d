// The binding of a named session: base URL, tenant and user stay as they were when it was made, and so does its guard.
// The unnamed session is never bound.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { Binding, Credentials } from './credentials.ts';
import type { KnownIdentity } from './identity.ts';
import { isForeign } from './origin.ts';
import type { Place } from './place.ts';
import { readBinding } from './store.ts';

/** What the new credentials must agree with; undefined where the session is unnamed, new, or to be replaced. */
export function findBinding(place: Place, isReplaced: boolean, { world }: Context): Binding | undefined {
  return place.session === undefined || isReplaced ? undefined : readBinding(place, world);
}

/**
 * @param wanted undefined where only the server will tell @param done the sentence that says how far it went
 * @throws Failure 'refused' that names what the session is bound to and what was asked for
 */
export function requireBound(
  binding: Binding | undefined,
  wanted: KnownIdentity | undefined,
  { session }: Pick<Place, 'session'>,
  baseUrl: string,
  done = 'Nothing was sent.',
): void {
  if (binding === undefined) return;
  const pairs = [
    ['tenant', binding.tenantId, wanted?.tenantId],
    ['user', binding.userId, wanted?.userId],
    ['base URL', isForeign(binding, baseUrl) ? binding.baseUrl : undefined, baseUrl],
  ] as const;
  const differences = pairs.flatMap(([what, bound, asked]) =>
    bound === undefined || asked === undefined || bound === asked ? [] : [`${what} ${bound}, not for ${asked}`],
  );
  if (differences.length === 0) return;
  throw new Failure('refused', `session ${session}: it is for ${differences.join('; for ')}`, {
    lines: [`${done} Choose another name, or bind this one anew with --replace.`],
  });
}

/** For the moment of writing: another process may have made the session meanwhile. @throws Failure 'refused' */
export function bindTo<C extends Credentials>(credentials: C, place: Place, isReplaced: boolean, context: Context): C {
  const binding = findBinding(place, isReplaced, context);
  requireBound(binding, credentials, place, context.settings.baseUrl, 'Nothing was written.');
  return { ...credentials, isReadOnly: credentials.isReadOnly || (binding?.isReadOnly ?? false) };
}
