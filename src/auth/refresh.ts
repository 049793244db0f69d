// Refresh: one new token for many processes. Decides which process asks, with which key, and whether the token is kept.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { type Lock, tryLock } from '../files/lock.ts';
import { type FoundKey, findAdminKey } from './admin-key.ts';
import { assumeUser } from './assume-user.ts';
import { listSecrets, type TokenCredentials } from './credentials.ts';
import { isDue } from './due.ts';
import { requireExpectedClaims } from './expected.ts';
import { pickShorter } from './lease.ts';
import { requireRunning } from './lease-end.ts';
import { isForeign } from './origin.ts';
import type { Place } from './place.ts';
import { signInFailure } from './sign-in.ts';
import { loadCredentials, refreshLock, saveCredentials } from './store.ts';

/** New credentials for the same identity. One process asks the server; the others find its answer in the file. */
export async function refresh(old: TokenCredentials, place: Place, context: Context): Promise<TokenCredentials> {
  const { held, renewed } = await waitForTurn(old, place, context);
  try {
    if (renewed) return await adopt(renewed, old, context);
    const fresh = await exchangeAgain(old, place, context);
    await save(place, fresh, old, context);
    return fresh;
  } finally {
    held?.release();
  }
}

/** Waits for the lock, or for the process that holds it to put a new token into the file. */
async function waitForTurn(
  old: TokenCredentials,
  place: Place,
  { world, settings, log }: Context,
): Promise<{ held?: Lock; renewed?: TokenCredentials | undefined }> {
  // A holder ends with its own timeout. One that was stopped in between must not stop the others.
  const end = world.elapsed() + settings.timeout * 1000;
  for (let isWaiting = false; ; isWaiting = true) {
    const lock = await tryLock(refreshLock(place.path), world.userId);
    const renewed = await findRenewed(old, place, world, settings.baseUrl);
    if (typeof lock === 'object') return { held: lock, renewed };
    if (renewed || lock === 'unavailable' || world.elapsed() >= end) return { renewed };
    if (!isWaiting) await log.debug(`Waiting for another kscli that renews the token in ${place.path}`);
    await world.sleep(20 + 20 * Math.random());
  }
}

/** Credentials that another process wrote since: for the same user, tenant and origin, and still good. */
async function findRenewed(
  old: TokenCredentials,
  place: Place,
  world: Context['world'],
  baseUrl: string,
): Promise<TokenCredentials | undefined> {
  try {
    const found = loadCredentials(place, world, () => undefined);
    // Somebody signed in anew in between: their file stays, and this command goes on as it began.
    if (found.isLogin) return undefined;
    const isSame = found.userId === old.userId && found.tenantId === old.tenantId && !isForeign(found, baseUrl);
    return isSame && found.token !== old.token && !(await isDue(found, world.now())) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** A command keeps the lease that it began under, unless the other one ends sooner. */
async function adopt(
  found: TokenCredentials,
  old: TokenCredentials,
  { conceal, settings }: Context,
): Promise<TokenCredentials> {
  const credentials = { ...found, lease: pickShorter(old.lease, found.lease) };
  for (const secret of listSecrets(credentials)) conceal(secret);
  await requireExpectedClaims(credentials, settings);
  return credentials;
}

/**
 * With the cached key, then with the settings' where the cached one is refused or absent.
 * @throws Failure 'lease-ended': nothing is renewed then
 */
export async function exchangeAgain(old: TokenCredentials, place: Place, context: Context): Promise<TokenCredentials> {
  requireRunning(old, context.world);
  if (old.adminKey === undefined) {
    const key = await findAdminKey(context);
    if (key !== undefined) return assumeUser(old, key, 'session.refresh', context);
    throw signInFailure('session-expired', old, {
      lines: [
        'The token has expired, and there is no admin key to refresh it with: none is cached, ADMIN_API_KEY is not set.',
      ],
    });
  }
  const cached: FoundKey = { value: old.adminKey, source: { kind: 'file', name: `the cache in ${place.path}` } };
  try {
    return await assumeUser(old, cached, 'session.refresh', context);
  } catch (error) {
    const other = isKeyRefused(error) ? await findAdminKey(context) : undefined;
    if (other === undefined || other.value === cached.value) throw error;
    return assumeUser(old, other, 'session.refresh', context);
  }
}

function isKeyRefused(error: unknown): boolean {
  return error instanceof Failure && (error.kind === 'key-rejected' || error.kind === 'permission-denied');
}

async function save(
  place: Place,
  fresh: TokenCredentials,
  old: TokenCredentials,
  { world, log }: Context,
): Promise<void> {
  try {
    await saveCredentials(place, fresh, world, { replacing: old });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await log.warn(`${error.message}. The new token is used, but not kept.`);
  }
}
