// kscli doctor: why it does not work, step by step, each with what to do. Sends the token only where commands would.

import { defineCommand } from '../argv/command.ts';
import { type Credentials, listSecrets } from '../auth/credentials.ts';
import { isIdentified } from '../auth/identity.ts';
import { withOwnOrigin } from '../auth/session-settings.ts';
import type { Context } from '../context.ts';
import { saveChain } from '../doctor/chain.ts';
import { skipped } from '../doctor/check.ts';
import { conclude } from '../doctor/conclusion.ts';
import { createDeadline } from '../doctor/deadline.ts';
import { checkBaseUrl, checkCredentials, checkEnvironment, checkSettings } from '../doctor/machine.ts';
import { checkSystem } from '../doctor/system.ts';
import type { Way } from '../doctor/way.ts';
import { Failure } from '../errors.ts';
import { flag, path } from '../schema/fields.ts';
import type { Certificate } from '../world.ts';

export const doctor = defineCommand({
  effect: 'read',
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
    const credentials = await checkCredentials(context, url);
    const { check, signIn, refusal } = credentials;
    for (const secret of signIn ? listSecrets(signIn.credentials) : []) conceal(secret);
    const isUsable = found.result !== 'failed' && url !== undefined && !input.offline;
    const untried = input.offline ? OFFLINE : NOTHING_TRIED;
    const way = isUsable && (await import('../doctor/way.ts'));
    const network = way ? await way.checkWay(url, credentials, deadline, context) : untried;
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

function describeActor(credentials: Credentials): string {
  return isIdentified(credentials)
    ? `user ${credentials.userId} in tenant ${credentials.tenantId}`
    : 'the user whose key it is';
}

const NOTHING_TRIED: Way = { checks: [skipped('network', 'not tried: correct the settings first')], chain: [] };

const OFFLINE: Way = { checks: [skipped('network', 'not tried: --offline')], chain: [] };

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
