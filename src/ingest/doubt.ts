// A request that changes something, and whose answer was lost: it may have been done all the same. So it is repeated only
// after a look that shows that it was not, and never while the server may still be at it.

import { Failure } from '../errors.ts';
import { isTimeout, mayHaveArrived } from '../http/failure.ts';
import { isForAll } from '../rest/wait.ts';
import type { World } from '../world.ts';

/**
 * `no`: the server said what is wrong. `again`: it never began. `lost`: nobody knows. `late`: nobody knows, and it may come
 * about yet.
 */
type Doubt = 'no' | 'again' | 'lost' | 'late';

const STATUSES: Readonly<Record<number, Doubt>> = { 429: 'again', 502: 'lost', 503: 'lost', 504: 'late' };
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 500;

export type Insistence<T> = {
  /** @param number counts from 1 */
  readonly attempt: (number: number) => Promise<T>;
  /** What the attempt was for, where it is there; undefined where it is not. */
  readonly look: () => Promise<T | undefined>;
  /** Told before another attempt. */
  readonly tell: (failure: Failure) => Promise<void>;
};

/** @throws the failure of the last attempt, or of a look where it concerns all requests */
export async function insist<T>({ attempt, look, tell }: Insistence<T>, { sleep }: Pick<World, 'sleep'>): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      const doubt = doubtAbout(error);
      if (doubt === 'no' || !(error instanceof Failure)) throw error;
      // With jitter: many that failed together do not come back together.
      await sleep(FIRST_PAUSE_MS * 2 ** (number - 1) * (0.5 + Math.random() / 2));
      const found = doubt === 'again' ? undefined : await lookAfter(error, look);
      if (found !== undefined) return found;
      if (doubt === 'late' || number === ATTEMPTS) throw error;
      await tell(error);
    }
  }
}

/** Where nobody can look, nobody can tell: nothing is repeated. */
async function lookAfter<T>(failure: Failure, look: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    throw isForAll(error) || (error instanceof Failure && error.kind === 'conflict') ? error : failure;
  }
}

function doubtAbout(error: unknown): Doubt {
  if (!(error instanceof Failure)) return 'no';
  if (error.kind === 'server') return STATUSES[error.status ?? 0] ?? 'no';
  // A success that says nothing, or that comes from a proxy on the way.
  if (error.kind === 'answer') return 'late';
  if (error.kind !== 'network' || !(error.cause instanceof Error)) return 'no';
  if (isTimeout(error.cause)) return 'late';
  return mayHaveArrived(error.cause) ? 'lost' : 'again';
}
