// The place of new credentials, made ready before anything is asked of the server.

import type { Context } from '../context.ts';
import { findCode } from '../errors.ts';
import { describeExposure } from '../files/profile.ts';
import type { World } from '../world.ts';
import { decodeStanding, type Standing } from './credentials.ts';
import type { Lease } from './lease.ts';
import type { Place } from './place.ts';
import { peekCredentials, prepareCredentials } from './store.ts';

/** @property lease of the new credentials @property isReplaced the session is bound anew on purpose */
type Wanted = { readonly lease: Lease | undefined; readonly isReplaced: boolean };

/** @throws Failure 'directory', 'disk' */
export async function preparePlace(
  place: Place,
  { lease, isReplaced }: Wanted,
  { world, log }: Context,
): Promise<void> {
  const { path, session } = place;
  prepareCredentials(path, world);
  const exposure = describeExposure(path, world);
  if (exposure) await log.warn(`${path} is ${exposure}: other users of this machine may be able to read it.`);
  const old = lookAt(place, world);
  if (old === 'unreadable') {
    // It is made all the same, but nobody may take it for the one that it was.
    if (session !== undefined && !isReplaced)
      await log.warn(
        `The file of session ${session} cannot be read: whom it was for, and whether for reading alone, is not kept.`,
      );
    return;
  }
  // A slip would lengthen what somebody has limited.
  if (old?.lease?.until !== undefined && !old.hasEnded && lease?.until === undefined)
    await log.warn(
      `The lease of ${session ?? 'this session'} was to end at ${old.lease.until}. Without --for there is no end now.`,
    );
}

/** undefined where there is no file. */
function lookAt(place: Place, world: World): Standing | 'unreadable' | undefined {
  try {
    const standing = decodeStanding(peekCredentials(place, world), world.now());
    const { tenantId, userId } = standing?.binding ?? {};
    const isBound = place.session === undefined || (tenantId !== undefined && userId !== undefined);
    return standing !== undefined && isBound ? standing : 'unreadable';
  } catch (error) {
    return findCode(error) === 'ENOENT' ? undefined : 'unreadable';
  }
}
