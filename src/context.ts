// What a command is given: the world, its settings, and a voice that cannot leak.

import type { Settings, SettingsReader } from './settings/resolve.ts';
import type { Log } from './terminal/log.ts';
import type { Secrets } from './terminal/redact.ts';
import type { World } from './world.ts';

export type Context = {
  readonly world: World;
  readonly settings: Settings;
  /** For what is read only when needed: the admin key, the source of a setting. */
  readonly reader: SettingsReader;
  readonly log: Log;
  readonly secrets: Secrets;
};
