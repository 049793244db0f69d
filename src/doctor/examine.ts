// All that doctor looks at, in order: this machine first, then the way to the server, the server last.

import { type Credentials, listSecrets } from '../auth/credentials.ts';
import { isIdentified } from '../auth/identity.ts';
import type { Context } from '../context.ts';
import type { Failure } from '../errors.ts';
import type { Certificate } from '../world.ts';
import { type Check, skipped } from './check.ts';
import { conclude } from './conclusion.ts';
import { createDeadline } from './deadline.ts';
import { checkBaseUrl, checkCredentials, checkEnvironment, checkSettings } from './machine.ts';
import { checkSystem } from './system.ts';
import type { Way } from './way.ts';

/**
 * @property conclusion the last sentence @property chain the certificates that the server presented
 * @property refusal why nothing was sent in the name of the session
 */
export type Finding = {
  readonly checks: readonly Check[];
  readonly conclusion: string;
  readonly chain: readonly Certificate[];
  readonly refusal?: Failure;
};

export async function examine(isOffline: boolean, context: Context): Promise<Finding> {
  const { world, log, conceal } = context;
  const deadline = createDeadline(world);
  // Before the network is tried, which changes the runtime's own variables.
  const machine = [checkSystem(world), checkEnvironment(world)];
  const found = checkSettings(context);
  const { url, ...baseUrl } = checkBaseUrl(context);
  const credentials = await checkCredentials(context, url);
  const { check, signIn, refusal } = credentials;
  for (const secret of signIn ? listSecrets(signIn.credentials) : []) conceal(secret);
  const isUsable = found.result !== 'failed' && url !== undefined && !isOffline;
  const untried = isOffline ? OFFLINE : NOTHING_TRIED;
  const way = isUsable && (await import('./way.ts'));
  const { checks: tried, chain } = way ? await way.checkWay(url, credentials, deadline, context) : untried;
  const checks = [found, check, baseUrl, ...tried, ...machine];
  const who = signIn && `${describeActor(signIn.credentials)} at ${url}`;
  const conclusion = log.present(conclude(checks, who ?? '', isOffline));
  return { checks, conclusion, chain, ...(refusal && { refusal }) };
}

function describeActor(credentials: Credentials): string {
  return isIdentified(credentials)
    ? `user ${credentials.userId} in tenant ${credentials.tenantId}`
    : 'the user whose key it is';
}

const NOTHING_TRIED: Way = { checks: [skipped('network', 'not tried: correct the settings first')], chain: [] };

const OFFLINE: Way = { checks: [skipped('network', 'not tried: --offline')], chain: [] };
