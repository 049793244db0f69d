// A token that is good for a while: for somebody who cannot renew it.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { orRefused } from '../journal/policy.ts';
import type { Credentials, TokenCredentials } from './credentials.ts';
import { requireExpectedClaims } from './expected.ts';
import { countLeft, isNearEnd } from './lease.ts';
import { describeEnd, underLease } from './lease-end.ts';
import type { Place } from './place.ts';
import { nameFirst } from './sign-in.ts';
import { parseTime } from './time.ts';

/** A key is there to stay, and printed by nobody. @throws Failure 'no-token' */
export function requireToken(credentials: Credentials): asserts credentials is TokenCredentials {
  if (!credentials.isLogin) return;
  const { session } = credentials;
  const [name, named] = session === undefined ? ['', ''] : [` ${session}`, ` --session ${session}`];
  throw new Failure('no-token', `The session${name} has no token: it is signed in with an API key`, {
    lines: [`For curl: kscli token${named} --curl /v1/users/me | curl --config -`],
  });
}

/**
 * Renewed under the lock where it ends sooner; with a warning where the server makes no longer ones, or the lease is over sooner.
 * @throws Failure as `refresh`
 */
export async function makeLast(
  credentials: TokenCredentials,
  place: Place,
  seconds: number,
  context: Context,
): Promise<TokenCredentials> {
  const { world, log } = context;
  const { lease } = credentials;
  const now = world.now() / 1000;
  const wanted = Math.min(seconds, countLeft(lease, now));
  // With little of it left that was told already.
  if (wanted < seconds && !isNearEnd(lease, now))
    await log.warn(`${describeEnd(credentials, world.now())}: sooner than in ${seconds} seconds.`);
  if (countSeconds(credentials, context) >= wanted) return credentials;
  // Loaded when needed: most tokens last.
  const { refresh } = await import('./refresh.ts');
  const fresh = await orRefused(context.journal, undefined, async () => {
    const renewed = await underLease(place, context, () => refresh(credentials, place, context));
    await requireExpectedClaims(renewed, context.settings);
    return renewed;
  });
  const left = countSeconds(fresh, context);
  if (left < wanted)
    await log.warn(`The token is good for ${left} seconds, not for ${seconds}: the server makes no longer ones.`);
  return fresh;
}

function countSeconds({ expiresAt }: TokenCredentials, { world }: Context): number {
  return Math.max(0, Math.floor((parseTime(expiresAt) ?? 0) - world.now() / 1000));
}

/** A token or a key alone knows no guard. @throws Failure 'refused' */
export function requireUnguarded(credentials: Credentials, isUnguarded: boolean, context: Context): void {
  const { session, isReadOnly, isLogin } = credentials;
  if (isUnguarded || !(isReadOnly || context.settings.readOnly)) return;
  const secret = isLogin ? 'key' : 'token';
  throw new Failure(
    'refused',
    nameFirst(session, `only reading is allowed, and a ${secret} alone could change anything`),
    {
      lines: ['With --unguarded it is handed out all the same.'],
    },
  );
}
