// The one time limit over everything that doctor tries: whoever waits for it wants to know within twelve seconds.

import type { Context } from '../context.ts';
import type { World } from '../world.ts';

/** Milliseconds. The rest of the twelve seconds is for the start, the machine and the report. */
const BUDGET_MS = 11_000;

export type Deadline = {
  /** Milliseconds that a step may take, at least one. */
  readonly left: () => number;
};

export function createDeadline({ elapsed }: Pick<World, 'elapsed'>): Deadline {
  const end = elapsed() + BUDGET_MS;
  return { left: () => Math.max(1, end - elapsed()) };
}

/** The same context, whose requests and programs end by then. */
export function hurry(context: Context, { left }: Deadline): Context {
  const { settings, world } = context;
  const capture: World['capture'] = (program, bounds) =>
    world.capture(program, { ...bounds, seconds: Math.min(bounds.seconds, left() / 1000) });
  return {
    ...context,
    world: { ...world, capture },
    settings: { ...settings, timeout: Math.min(settings.timeout, left() / 1000) },
  };
}
