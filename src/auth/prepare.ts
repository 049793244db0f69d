// The place of new credentials, made ready before anything is asked of the server.

import type { Context } from '../context.ts';
import { describeExposure } from '../files/profile.ts';
import type { Place } from './place.ts';
import { prepareCredentials } from './store.ts';

/** @throws Failure 'directory', 'disk' */
export async function preparePlace({ path }: Place, { world, log }: Context): Promise<void> {
  prepareCredentials(path, world);
  const exposure = describeExposure(path, world);
  if (exposure) await log.warn(`${path} is ${exposure}: other users of this machine may be able to read it.`);
}
