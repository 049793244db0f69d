// doctor's way to the server, step by step: proxy, name, connection, TLS, and what the server says to the credentials. Loaded
// where it is tried.

import { asJournalled } from '../auth/journalled.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { Certificate } from '../world.ts';
import { checkApiKey } from './api-key.ts';
import { type Check, failed, skipped } from './check.ts';
import { type Deadline, hurry } from './deadline.ts';
import type { FoundCredentials } from './machine.ts';
import { checkConnection, checkName, checkProxy, checkTls, type Route, routeTo } from './network.ts';
import { checkServer } from './server.ts';

export type Way = { readonly checks: readonly Check[]; readonly chain: readonly Certificate[] };

const NOT_SENT: readonly Check[] = [skipped('request', 'not sent: somebody else is expected to act')];

/** Each step needs the one before it. */
export async function checkWay(
  url: string,
  found: FoundCredentials,
  deadline: Deadline,
  context: Context,
): Promise<Way> {
  let route: Route;
  try {
    route = routeTo(url, deadline, context);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { checks: [failed('proxy', error.message, 'Correct or unset the variable.')], chain: [] };
  }
  const checks = [await checkName(route, context), checkProxy(route)];
  if (hasFailed(checks)) return { checks, chain: [] };
  checks.push(await checkConnection(route, context));
  if (hasFailed(checks)) return { checks, chain: [] };
  const { check, chain } = await checkTls(route, context);
  checks.push(check);
  return { checks: hasFailed(checks) ? checks : [...checks, ...(await askServer(found, deadline, context))], chain };
}

async function askServer(
  { signIn, refusal }: FoundCredentials,
  deadline: Deadline,
  context: Context,
): Promise<readonly Check[]> {
  if (refusal) return NOT_SENT;
  if (signIn === undefined) return checkServer(undefined, deadline, context);
  const { credentials, place } = signIn;
  const acting = asJournalled(credentials, context);
  if (credentials.isLogin) return checkApiKey(credentials, hurry(acting, deadline));
  return checkServer({ credentials, place }, deadline, acting);
}

function hasFailed(checks: readonly Check[]): boolean {
  return checks.some(({ result }) => result === 'failed');
}
