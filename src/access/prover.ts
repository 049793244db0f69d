// The session that proves what was computed: it must be that of the very user, since the server answers each user for
// themselves alone.

import type { Identity } from '../auth/identity.ts';
import { inspect, listNamed } from '../auth/inventory.ts';
import { inSession, openOther } from '../auth/other-session.ts';
import { openSession, type Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';

/** @property guard runs its work, and says whose it is where that fails */
export type Prover = {
  readonly name: string | undefined;
  readonly session: Session;
  readonly guard: <T>(work: () => Promise<T>) => Promise<T>;
};

/** @property name of another session; absent for the one in effect @property isAsked whether a proof is wanted at all */
type Wish = {
  readonly name: string | undefined;
  readonly isAsked: boolean;
  readonly session: Session;
  readonly acting: Identity;
};

/** Nothing is asked yet. undefined where nothing is to be proved, or nobody here can. @throws Failure 'refused' for a session of somebody else */
export async function openProver(of: Identity, wish: Wish, context: Context): Promise<Prover | undefined> {
  const { name, isAsked, session, acting } = wish;
  if (name !== undefined) return openNamed(name, of, session.baseUrl, context);
  if (!isAsked) return undefined;
  if (of.userId === acting.userId) return { name: session.name, session, guard: (work) => work() };
  const own = await listSessionsOf(of, session.baseUrl, context);
  await context.log.warn([
    `It cannot be proved from here: the server answers each user for themselves alone, and here acts ${acting.userId}.`,
    own.length > 0
      ? `A session of that user: --check-session ${own.join(', ')}`
      : 'With a session of that user: --check-session NAME',
  ]);
  return undefined;
}

async function openNamed(name: string, of: Identity, baseUrl: string, context: Context): Promise<Prover> {
  const other = await openOther(name || undefined, context);
  const isSame = other.userId === of.userId && other.tenantId === of.tenantId;
  const origin = other.context.settings.baseUrl;
  if (!isSame || origin !== baseUrl)
    throw new Failure('refused', `${other.label} is user ${other.userId} of tenant ${other.tenantId} at ${origin}`, {
      lines: [`Nothing was sent. The proof is wanted for user ${of.userId} of tenant ${of.tenantId} at ${baseUrl}.`],
    });
  const guard: Prover['guard'] = (work) => inSession(other.label, work);
  return { name: other.name, session: await guard(() => openSession(other.context)), guard };
}

/** Names, from the files alone. */
async function listSessionsOf(of: Identity, baseUrl: string, context: Context): Promise<string[]> {
  const found: string[] = [];
  for (const place of listNamed(context)) {
    const { binding, state } = (await inspect(place, context.world, context.world.now())) ?? {};
    const isOpen = state === 'valid' || state === 'due';
    if (isOpen && binding?.userId === of.userId && binding.tenantId === of.tenantId && binding.baseUrl === baseUrl)
      found.push(place.session ?? '');
  }
  return found;
}
