// kscli doctor: why it does not work, step by step, each with what to do. Sends the token only where commands would.

import { defineCommand } from '../argv/command.ts';
import type { Context } from '../context.ts';
import { saveChain } from '../doctor/chain.ts';
import { type Check, failed, skipped } from '../doctor/check.ts';
import { checkBaseUrl, checkCredentials, checkEnvironment, checkSettings } from '../doctor/machine.ts';
import {
  checkAnswer,
  checkConnection,
  checkName,
  checkProxy,
  checkTls,
  type Route,
  routeTo,
} from '../doctor/network.ts';
import { Failure } from '../errors.ts';
import { path } from '../schema/fields.ts';
import type { Certificate } from '../world.ts';

export const doctor = defineCommand({
  flags: {
    'save-chain': path("Write the server's certificates to a PEM file, for KSCLI_CA_BUNDLE", { placeholder: 'file' }),
  },
  args: {},
  examples: ['kscli doctor', 'kscli doctor --format json', 'kscli doctor --save-chain ca.pem'],
  isLenient: true,
  run: async (input, context) => {
    const { world, conceal } = context;
    const settings = checkSettings(context);
    const { url, ...baseUrl } = checkBaseUrl(context);
    const { check, credentials, refusal } = checkCredentials(context, url);
    conceal(credentials?.token);
    conceal(credentials?.adminKey);
    const isUsable = settings.result !== 'failed' && url !== undefined;
    const ask = refusal ? NOT_SENT : () => checkAnswer(credentials, context);
    const network = isUsable ? await checkNetwork(url, ask, context) : NOTHING_TRIED;
    const checks = [settings, check, baseUrl, ...network.checks, checkEnvironment(world)];
    const unsaved = await saved(input['save-chain'], network.chain, context);
    const failure = refusal ?? unsaved;
    return {
      show: {
        data: checks.map((row) => ({ ...row, remedy: row.remedy ?? null })),
        columns: ['check', 'result', 'detail', 'remedy'],
        id: 'check',
        isComposed: true,
      },
      exit: checks.some(({ result }) => result === 'failed') ? 1 : 0,
      ...(failure && { failure }),
    };
  },
});

type Network = { readonly checks: readonly Check[]; readonly chain: readonly Certificate[] };

const NOTHING_TRIED: Network = { checks: [skipped('network', 'not tried: correct the settings first')], chain: [] };

const NOT_SENT = async () => [skipped('request', 'not sent: somebody else is expected to act')];

/** What stood in the way, told after the report. */
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
async function checkNetwork(url: string, ask: () => Promise<Check[]>, context: Context): Promise<Network> {
  let route: Route;
  try {
    route = routeTo(url, context);
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
