// A request as the actions of the stand-in backend see it.

import type { Row, Store } from './store.ts';

export type Call = {
  readonly store: Store;
  /** What the path says in place of each `{}`. */
  readonly ids: readonly string[];
  readonly url: URL;
  readonly body: Row;
  /** Whose tenant it is. */
  readonly user: string;
};

export type Action = (call: Call) => Response;
