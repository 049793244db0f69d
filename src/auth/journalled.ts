// The session as its journal names it.

import type { Context } from '../context.ts';
import type { ApiRequest } from '../http/request.ts';
import { orRefused, withJournal } from '../journal/policy.ts';
import type { Credentials, Standing } from './credentials.ts';
import type { KnownIdentity } from './identity.ts';
import type { Place } from './place.ts';
import { readStanding } from './store.ts';

/** The context whose requests are written down as that session's. */
export function asJournalled(
  { session, tenantId, userId, lease }: KnownIdentity & Pick<Credentials, 'session' | 'lease'>,
  context: Context,
): Context {
  const { baseUrl } = context.settings;
  return withJournal({ session, baseUrl, tenantId, userId, reason: lease?.reason, ticket: lease?.ticket }, context);
}

/** The end of a session, by its file as it was before. */
export async function noteEnd(
  event: 'session.end' | 'lease.end',
  standing: Standing,
  place: Place,
  context: Context,
): Promise<void> {
  await journalOf(standing, place, context)?.note(event);
}

function journalOf({ binding, lease }: Standing, { session }: Place, context: Context): Context['journal'] {
  const { settings } = context;
  // It is for its own server, whatever the settings say.
  const own = { ...context, settings: { ...settings, baseUrl: binding.baseUrl ?? settings.baseUrl } };
  return asJournalled({ ...binding, session, lease }, own).journal;
}

/** What a check refuses is written down. @throws what `check` throws */
export function checkNoted(request: ApiRequest, { journal }: Context, check: () => void): Promise<void> {
  return orRefused(journal, request, check);
}

/** A refusal before the session is opened. @throws what `check` throws */
export function refusedFor<T>(place: Place, context: Context, check: () => T): Promise<T> {
  const standing = readStanding(place, context.world);
  return orRefused(standing && journalOf(standing, place, context), undefined, check);
}

/** A removal, which is the end of the session where somebody was signed in. @throws what `remove` throws */
export async function endingSession(place: Place, context: Context, remove: () => Promise<boolean>): Promise<boolean> {
  const standing = readStanding(place, context.world);
  const isRemoved = await remove();
  if (isRemoved && standing && !standing.isSignedOut) await noteEnd('session.end', standing, place, context);
  return isRemoved;
}
