// kscli doctor: why it does not work, step by step, each with what to do. Sends the token only where commands would.

import { defineCommand } from '../argv/command.ts';
import { type Credentials, listSecrets } from '../auth/credentials.ts';
import { isIdentified } from '../auth/identity.ts';
import { withOwnOrigin } from '../auth/session-settings.ts';
import type { Context } from '../context.ts';
import { checkApiKey } from '../doctor/api-key.ts';
import { saveChain } from '../doctor/chain.ts';
import { type Check, failed, skipped } from '../doctor/check.ts';
import { conclude } from '../doctor/conclusion.ts';
import { createDeadline, type Deadline, hurry } from '../doctor/deadline.ts';
import { checkBaseUrl, checkCredentials, checkEnvironment, checkSettings } from '../doctor/machine.ts';
import { checkConnection, checkName, checkProxy, checkTls, type Route, routeTo } from '../doctor/network.ts';
import { checkServer, type SignIn } from '../doctor/server.ts';
import { checkSystem } from '../doctor/system.ts';
import { Failure } from '../errors.ts';
import { flag, path } from '../schema/fields.ts';
import type { Certificate } from '../world.ts';

export const doctor = defineCommand({
  flags: {
    'save-chain': path("Write the server's certificates to a PEM file, for KSCLI_CA_BUNDLE", { placeholder: 'file' }),
    offline: flag('Look at this machine only, without the network', { conflictsWith: ['save-chain'] }),
  },
  args: {},
  examples: ['kscli doctor', 'kscli doctor --format json', 'kscli doctor --save-chain ca.pem'],
  isLenient: true,
  run: async (input, outer) => {
    const context = withOwnOrigin(outer);
    const { world, log, conceal, settings } = context;
    const deadline = createDeadline(world);
    // Before the network is tried, which changes the runtime's own variables.
    const machine = [checkSystem(world), checkEnvironment(world)];
    const found = checkSettings(context);
    const { url, ...baseUrl } = checkBaseUrl(context);
    const { check, signIn, refusal } = await checkCredentials(context, url);
    for (const secret of signIn ? listSecrets(signIn.credentials) : []) conceal(secret);
    const ask = async () => (refusal ? NOT_SENT : askServer(signIn, deadline, context));
    const isUsable = found.result !== 'failed' && url !== undefined && !input.offline;
    const untried = input.offline ? OFFLINE : NOTHING_TRIED;
    const network = isUsable ? await checkNetwork(url, ask, deadline, context) : untried;
    const checks = [found, check, baseUrl, ...network.checks, ...machine];
    const unsaved = await saved(input['save-chain'], network.chain, context);
    const who = signIn && `${describeActor(signIn.credentials)} at ${url}`;
    const footer = log.present(conclude(checks, who ?? '', input.offline));
    if (settings.format !== 'table') await log.info(footer);
    const failure = refusal ?? unsaved;
    return {
      show: {
        data: checks.map((row) => ({ ...row, remedy: row.remedy ?? null })),
        columns: ['check', 'result', 'detail', 'remedy'],
        id: 'check',
        isComposed: true,
        footer,
      },
      exit: checks.some(({ result }) => result === 'failed') ? 1 : 0,
      ...(failure && { failure }),
    };
  },
});

async function askServer(signIn: SignIn | undefined, deadline: Deadline, context: Context): Promise<readonly Check[]> {
  if (signIn === undefined) return checkServer(undefined, deadline, context);
  const { credentials, place } = signIn;
  if (credentials.isLogin) return checkApiKey(credentials, hurry(context, deadline));
  return checkServer({ credentials, place }, deadline, context);
}

function describeActor(credentials: Credentials): string {
  return isIdentified(credentials)
    ? `user ${credentials.userId} in tenant ${credentials.tenantId}`
    : 'the user whose key it is';
}

type Network = { readonly checks: readonly Check[]; readonly chain: readonly Certificate[] };

const NOTHING_TRIED: Network = { checks: [skipped('network', 'not tried: correct the settings first')], chain: [] };

const OFFLINE: Network = { checks: [skipped('network', 'not tried: --offline')], chain: [] };

const NOT_SENT: readonly Check[] = [skipped('request', 'not sent: somebody else is expected to act')];

/** The failure to save, told after the report. */
async function saved(
  file: string | undefined,
  chain: readonly Certificate[],
  context: Context,
): Promise<Failure | undefined> {
  try {
    if (file !== undefined) await context.log.info(await saveChain(file, chain, context));
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** Each step needs the one before it. @param ask the last one */
async function checkNetwork(
  url: string,
  ask: () => Promise<readonly Check[]>,
  deadline: Deadline,
  context: Context,
): Promise<Network> {
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
  return { checks: hasFailed(checks) ? checks : [...checks, ...(await ask())], chain };
}

function hasFailed(checks: readonly Check[]): boolean {
  return checks.some(({ result }) => result === 'failed');
}
