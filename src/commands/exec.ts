// kscli exec: a command, or a shell, for one session alone.

import { defineCommand } from '../argv/command.ts';
import { composeEnvironment, leaveOuter, requireSameInside } from '../auth/inside.ts';
import { makeLast, requireUnguarded } from '../auth/lasting.ts';
import { locateCredentials } from '../auth/place.ts';
import { loadSession } from '../auth/session.ts';
import { findProgram } from '../files/program.ts';
import { flag, text } from '../schema/fields.ts';
import type { World } from '../world.ts';

const MANY = 100_000;
/** Seconds that a token is good for at least: enough for a short command. */
const SHORT_COMMAND = 300;

export const exec = defineCommand({
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
    if (!input.nested) requireSameInside(place.session, outer);
    const context = input.nested ? leaveOuter(outer, place) : outer;
    const loaded = await loadSession(context);
    const withToken = input['with-token'];
    if (withToken) requireUnguarded(loaded, input.unguarded, context);
    const credentials = withToken ? await makeLast(loaded, place, SHORT_COMMAND, context) : loaded;
    const env = composeEnvironment(credentials, withToken, context);
    const words = input.command ?? [chooseShell(world)];
    const file = findProgram(words[0] ?? '', env, world.platform);
    return { show: { raw: [] }, exit: await world.become({ file, words, env }) };
  },
});

function chooseShell({ env, platform }: World): string {
  return platform === 'win32' ? env['COMSPEC'] || env['ComSpec'] || 'cmd.exe' : env['SHELL'] || '/bin/sh';
}
