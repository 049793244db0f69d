// Calls that are kept waiting until a test lets them go.

/** @property reached settles when all the calls have arrived */
export type Held = { readonly reached: Promise<void>; release(): void };

/** By route, what a call of it waits for. */
export type Holds = Map<string, () => Promise<void>>;

export function hold(route: string, count: number, holds: Holds): Held {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let arrived = 0;
  holds.set(route, () => {
    if (++arrived === count) {
      holds.delete(route);
      reached.resolve();
    }
    return released.promise;
  });
  return { reached: reached.promise, release: released.resolve };
}
