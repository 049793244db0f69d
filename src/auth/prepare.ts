// The place of new credentials, made ready before anything is asked of the server.

import type { Context } from '../context.ts';
import { describeExposure } from '../files/profile.ts';
import type { Lease } from './lease.ts';
import type { Place } from './place.ts';
import { prepareCredentials, readStanding } from './store.ts';

/** @param lease of the new credentials @throws Failure 'directory', 'disk' */
export async function preparePlace(place: Place, lease: Lease | undefined, { world, log }: Context): Promise<void> {
  const { path, session } = place;
  prepareCredentials(path, world);
  const exposure = describeExposure(path, world);
  if (exposure) await log.warn(`${path} is ${exposure}: other users of this machine may be able to read it.`);
  const old = readStanding(place, world);
  // A slip would lengthen what somebody has limited.
  if (old?.lease?.until !== undefined && !old.hasEnded && lease?.until === undefined)
    await log.warn(
      `The lease of ${session ?? 'this session'} was to end at ${old.lease.until}. Without --for there is no end now.`,
    );
}
