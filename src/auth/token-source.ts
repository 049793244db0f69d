// Token source: the credentials of one command, renewed when they are due or refused, once for all requests side by side.

import type { Context } from '../context.ts';
import type { TokenCredentials } from './credentials.ts';
import { isDue } from './due.ts';
import type { Place } from './place.ts';

export type TokenSource = {
  readonly current: () => TokenCredentials;
  /** Good for now, also in the middle of a long command. @throws Failure as `refresh` */
  readonly fresh: () => Promise<TokenCredentials>;
  /** In place of ones that the server refused; undefined where these came from a renewal already. @throws Failure as `refresh` */
  readonly replace: (refused: TokenCredentials) => Promise<TokenCredentials | undefined>;
};

/** @param place where what is new is kept */
export function createTokenSource(loaded: TokenCredentials, place: Place, context: Context): TokenSource {
  let current = loaded;
  let isOldOnArrival = false;
  let running: Promise<TokenCredentials> | undefined;

  const run = async () => {
    // Loaded when needed: most tokens are good.
    const { refresh } = await import('./refresh.ts');
    current = await refresh(current, place, context);
    isOldOnArrival = await isDue(current, context.world.now());
    return current;
  };
  const renew = () => {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    current: () => current,
    // A token that arrives expired (wrong clock) is used as it is, or there would be no end.
    fresh: async () => (!isOldOnArrival && (await isDue(current, context.world.now())) ? renew() : current),
    replace: async (refused) => {
      // Another request may have renewed the token meanwhile.
      if (refused !== current) return current;
      return refused === loaded ? renew() : undefined;
    },
  };
}
