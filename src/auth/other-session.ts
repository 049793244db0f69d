// A session beside the one in effect: with its own base URL and guards, for reading alone, and held to who it was when the
// command began.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { type Identity, isIdentified } from './identity.ts';
import { identifySession, loadSession } from './session.ts';
import { withSession } from './session-settings.ts';

/** @property label as messages call it */
export type OtherSession = Identity & {
  readonly name: string | undefined;
  readonly label: string;
  readonly context: Context;
};

/** Nothing is sent but the question whose API key it is, where the file does not tell. @param name undefined for the unnamed session @throws Failure as `loadSession`, with the session in its lines */
export async function openOther(name: string | undefined, outer: Context): Promise<OtherSession> {
  const label = name ?? 'the unnamed session';
  // Reading alone, whatever a command takes itself for.
  const chosen = { ...outer, settings: { ...outer.settings, session: name, readOnly: true } };
  const context = name === undefined ? chosen : { ...chosen, ...withSession(chosen, outer.world) };
  const loaded = await inSession(label, () => loadSession(context));
  const { tenantId, userId } = await inSession(label, () => identifySession(loaded.credentials, loaded.context));
  const { settings } = loaded.context;
  // Somebody may sign in to the session anew meanwhile. A file that does not tell who it is for would be asked about twice.
  const pins = isIdentified(loaded.credentials) ? { expectTenant: tenantId, expectUser: userId } : {};
  return { name, label, tenantId, userId, context: { ...loaded.context, settings: { ...settings, ...pins } } };
}

/** Runs the part of one session: a failure says which one it was. */
export async function inSession<T>(label: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isOwn = error instanceof Failure && error.kind !== 'usage';
    if (isOwn) error.lines.unshift(`This was ${label.includes(' ') ? label : `session ${label}`}.`);
    throw error;
  }
}
