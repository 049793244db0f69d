// The sessions that are compared: each with its own base URL and guards, and held to who it was when the comparison began.

import { type Identity, isIdentified } from '../auth/identity.ts';
import { identifySession, loadSession } from '../auth/session.ts';
import { withSession } from '../auth/session-settings.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { decode } from '../schema/decode.ts';
import { session as sessionField } from '../schema/fields.ts';
import type { World } from '../world.ts';

const NAME = sessionField('Session');

/** undefined for `-`, the unnamed session. @param source the argument @throws Failure 'usage' */
export function readName(source: string, typed: string): string | undefined {
  if (typed === '-') return undefined;
  const decoded = decode(typed, NAME);
  if ('why' in decoded) throw new Failure('usage', `${source}: '${typed}' ${decoded.why}`);
  if (typed === '') throw new Failure('usage', `${source}: '' is no name. The unnamed session is -`);
  return typed;
}

/** @property label as messages call it */
export type OpenSide = Identity & {
  readonly name: string | undefined;
  readonly label: string;
  readonly context: Context;
};

/** Nothing is sent but the question whose API key it is, where the file does not tell. @param name undefined for the unnamed session @throws Failure as `loadSession`, with the session in its lines */
export async function openSide(name: string | undefined, outer: Context): Promise<OpenSide> {
  const label = name ?? 'the unnamed session';
  const world = withoutInput(outer.world);
  // Reading alone, whatever a command takes itself for.
  const chosen = { ...outer, world, settings: { ...outer.settings, session: name, readOnly: true } };
  const context = name === undefined ? chosen : { ...chosen, ...withSession(chosen, world) };
  const loaded = await inSession(label, () => loadSession(context));
  const { tenantId, userId } = await inSession(label, () => identifySession(loaded.credentials, loaded.context));
  const { settings } = loaded.context;
  // Somebody may sign in to the session anew meanwhile. A file that does not tell who it is for would be asked about twice.
  const pins = isIdentified(loaded.credentials) ? { expectTenant: tenantId, expectUser: userId } : {};
  return { name, label, tenantId, userId, context: { ...loaded.context, settings: { ...settings, ...pins } } };
}

/** Both would read it, and one of them would find nothing. */
function withoutInput(world: World): World {
  const pieces = () => {
    throw new Failure('usage', 'compare runs the command twice, and standard input can be read once', {
      lines: ['Write it to a file, and name that.'],
    });
  };
  return { ...world, stdin: { ...world.stdin, pieces } };
}

/** @throws Failure 'refused' */
export function requireOneTenant(a: OpenSide, b: OpenSide): void {
  if (a.tenantId === b.tenantId) return;
  const [first, second] = [a, b].map(({ label, tenantId }) => `${label} is in tenant ${tenantId}`);
  throw new Failure('refused', `${first}, ${second}`, {
    lines: ['Nothing was sent. With --across-tenants they are compared all the same.'],
  });
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
