// Work that asks the server, a few at a time. Knows nothing of what is asked.

/** Requests at the same time. */
const LANES = 4;

/** The results in the order of the items. */
export async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  await eachInLanes(items.entries(), async ([at, item]) => {
    results[at] = await work(item);
  });
  return results;
}

/** After a failure nothing new begins, and none is told while others are at work. @param items taken one by one */
export async function eachInLanes<T>(items: Iterator<T>, work: (item: T) => Promise<void>): Promise<void> {
  let hasEnded = false;
  const lane = async () => {
    while (!hasEnded) {
      const { value, done } = items.next();
      if (done) return;
      try {
        await work(value);
      } catch (error) {
        hasEnded = true;
        throw error;
      }
    }
  };
  const lanes = Array.from({ length: LANES }, lane);
  await Promise.allSettled(lanes);
  await Promise.all(lanes);
}

/** One thing and another at the same time. No failure is told while the other is still at work. */
export async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}
