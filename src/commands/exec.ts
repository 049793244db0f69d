// kscli exec: a command, or a shell, for one session alone.

import { defineCommand } from '../argv/command.ts';
import type { Credentials } from '../auth/credentials.ts';
import { composeEnvironment, leaveOuter, requireSameInside } from '../auth/inside.ts';
import { refusedFor } from '../auth/journalled.ts';
import { makeLast, requireToken, requireUnguarded } from '../auth/lasting.ts';
import { locateCredentials, type Place } from '../auth/place.ts';
import { identifySession, loadSession } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { findProgram } from '../files/program.ts';
import { orRefused } from '../journal/policy.ts';
import { flag, text } from '../schema/fields.ts';
import type { World } from '../world.ts';

const MANY = 100_000;
/** Seconds that a token is good for at least: enough for a short command. */
const SHORT_COMMAND = 300;

export const exec = defineCommand({
  effect: 'delete',
  exits: [125, 126, 127],
  flags: {
    'with-token': flag('Hand the token on too, in the variable KS_UAT'),
    unguarded: flag('Hand the token on though only reading is allowed', { requires: 'with-token' }),
    nested: flag('Open another session than the one that this is inside of'),
  },
  args: { command: text('Command and its arguments, behind --; a shell without one', { maxCount: MANY }) },
  examples: ['kscli exec --session acme', 'kscli exec --session acme -- kscli folders list'],
  failureExit: 125,
  run: async (input, outer) => {
    const { world } = outer;
    const place = locateCredentials(outer);
    if (!input.nested) await refusedFor(place, outer, () => requireSameInside(place.session, outer));
    const { credentials: loaded, context } = await loadSession(input.nested ? leaveOuter(outer, place) : outer);
    const { credentials, token } = input['with-token']
      ? await addToken(loaded, place, input.unguarded, context)
      : { credentials: loaded };
    const env = composeEnvironment(credentials, await identifySession(credentials, context), token, context);
    const words = input.command ?? [chooseShell(world)];
    const file = findProgram(words[0] ?? '', env, world.platform);
    await context.journal?.note('exec');
    return { show: { raw: [] }, exit: await world.become({ file, words, env }) };
  },
});

/** Good for long enough. */
async function addToken(loaded: Credentials, place: Place, isUnguarded: boolean, context: Context) {
  requireToken(loaded);
  await orRefused(context.journal, undefined, () => requireUnguarded(loaded, isUnguarded, context));
  const credentials = await makeLast(loaded, place, SHORT_COMMAND, context);
  return { credentials, token: credentials.token };
}

function chooseShell({ env, platform }: World): string {
  return platform === 'win32' ? env['COMSPEC'] || env['ComSpec'] || 'cmd.exe' : env['SHELL'] || '/bin/sh';
}
