// The context of a command: the world, its settings, and a voice that cannot leak.

import type { Called, Journal } from './journal/journal.ts';
import type { Resolution } from './settings/resolve.ts';
import type { Log } from './terminal/log.ts';
import type { Redactor } from './terminal/redact.ts';
import type { World } from './world.ts';

export type Context = Resolution & {
  readonly world: World;
  readonly log: Log;
  readonly called: Called;
  /** Where what is done is written down. */
  readonly journal?: Journal | undefined;
  /** Names a secret that no message may show. */
  readonly conceal: Redactor['conceal'];
};
