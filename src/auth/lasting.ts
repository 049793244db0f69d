// A token that is good for a while: for somebody who cannot renew it.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { Credentials } from './credentials.ts';
import { requireExpectedClaims } from './expected.ts';
import type { Place } from './place.ts';
import { nameFirst } from './sign-in.ts';
import { parseTime } from './time.ts';

/** Renewed under the lock where it ends sooner; with a warning where the server makes no longer ones. @throws Failure as `refresh` */
export async function makeLast(
  credentials: Credentials,
  place: Place,
  seconds: number,
  context: Context,
): Promise<Credentials> {
  if (countSeconds(credentials, context) >= seconds) return credentials;
  // Loaded when needed: most tokens last.
  const { refresh } = await import('./refresh.ts');
  const fresh = await refresh(credentials, place, context);
  await requireExpectedClaims(fresh, context.settings);
  const left = countSeconds(fresh, context);
  if (left < seconds)
    await context.log.warn(
      `The token is good for ${left} seconds, not for ${seconds}: the server makes no longer ones.`,
    );
  return fresh;
}

function countSeconds({ expiresAt }: Credentials, { world }: Context): number {
  return Math.max(0, Math.floor((parseTime(expiresAt) ?? 0) - world.now() / 1000));
}

/** A token alone knows no guard. @throws Failure 'refused' */
export function requireUnguarded({ session, isReadOnly }: Credentials, isUnguarded: boolean, context: Context): void {
  if (isUnguarded || !(isReadOnly || context.settings.readOnly)) return;
  throw new Failure('refused', nameFirst(session, 'only reading is allowed, and a token alone could change anything'), {
    lines: ['With --unguarded it is handed out all the same.'],
  });
}
