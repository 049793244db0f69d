// Whose doings are written down. Loaded by every command, so it imports next to nothing that runs.

import { Failure, type FailureKind } from '../errors.ts';
import type { Settings } from '../settings/resolve.ts';
import type { Journal, Subject, Surroundings } from './journal.ts';

/** The same surroundings, with the journal of that session, or without one. */
export function withJournal<C extends Surroundings>(
  subject: Subject,
  context: C,
): C & { readonly journal: Journal | undefined } {
  return { ...context, journal: isJournalled(subject, context.settings) ? open(subject, context) : undefined };
}

export function isJournalled({ reason, ticket }: Subject, { journal }: Pick<Settings, 'journal'>): boolean {
  if (journal === 'auto') return (reason ?? ticket) !== undefined;
  return journal !== 'off';
}

/** Loaded when needed: a command without a journal touches nothing of it, and a read that needs none first is on its way by then. */
function open(subject: Subject, context: Surroundings): Journal {
  const { world, settings } = context;
  let loaded: Promise<Journal> | undefined;
  const load = () => {
    loaded ??= import('./recorder.ts').then(({ createJournal }) => createJournal(subject, context));
    return loaded;
  };
  return {
    note: async (...deed) => (await load()).note(...deed),
    send: async (deed, transmit) => {
      if (!deed.isRead || settings.journal === 'required') return (await load()).send(deed, transmit);
      const started = world.elapsed();
      const running = transmit();
      // The recorder waits for it in a moment.
      running.catch(() => undefined);
      await world.sleep(0);
      return (await load()).send(deed, () => running, started);
    },
  };
}

const REFUSALS: readonly FailureKind[] = ['refused', 'wrong-identity'];

/** A refusal is written down too, of a deed or of an identity. @throws what `check` throws */
export async function orRefused<T>(
  journal: Journal | undefined,
  request: Parameters<Journal['note']>[1],
  check: () => T | Promise<T>,
): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof Failure && REFUSALS.includes(error.kind)) await journal?.note('refused', request);
    throw error;
  }
}
