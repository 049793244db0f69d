// The user's profile on Windows: the paths that the system keeps from other users of the machine. Elsewhere a new file can be
// read by everybody, unless somebody took care of its directory.

import { win32 } from 'node:path';
import type { World } from '../world.ts';

/** Why other users may be able to read it, in words that follow `is`; undefined where the system or its mode says who may. */
export function describeExposure(
  path: string,
  { platform, home, env }: Pick<World, 'platform' | 'home' | 'env'>,
): string | undefined {
  if (platform !== 'win32') return undefined;
  // A redirected one lies elsewhere, and is protected there.
  if ([home, env['LOCALAPPDATA']].some((place) => place && isWithin(place, path))) return undefined;
  return `outside your profile ${home ?? ''}`.trimEnd();
}

/** By name: in any case, with either separator. */
function isWithin(directory: string, path: string): boolean {
  const way = win32.relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith('..\\') && !win32.isAbsolute(way);
}
