// kscli prompt: a few words for a shell's prompt. Never a request, a lock, a warning or a failure.

import { defineCommand } from '../argv/command.ts';
import { describePrompt } from '../auth/prompt-line.ts';
import { expandHome } from '../files/home.ts';
import { findNameProblem } from '../schema/session-name.ts';
import { SETTINGS } from '../settings/table.ts';
import type { World } from '../world.ts';

export const prompt = defineCommand({
  effect: 'read',
  flags: {},
  args: {},
  examples: ['kscli prompt', "PS1='$(kscli prompt) \\w \\$ '"],
  isLenient: true,
  run: async (_input, { settings, sessionProblem, world }) => ({
    // A wrong name is told by other commands.
    show: { raw: [sessionProblem ? '' : await composeLine(settings, world)] },
  }),
});

/** The same for a line without flags, which a shell runs before each of its own: of the settings, two variables are enough. */
export async function composePrompt(world: World): Promise<string> {
  const session = world.env[SETTINGS.session.variable] || undefined;
  if (session !== undefined && findNameProblem(session) !== undefined) return '';
  const named = world.env[SETTINGS.credentialsPath.variable];
  const credentialsPath = named ? expandHome(named, world.home) : SETTINGS.credentialsPath.default(world);
  return composeLine({ session, credentialsPath }, world);
}

async function composeLine(wanted: Parameters<typeof describePrompt>[0], world: World): Promise<string> {
  const line = await describePrompt(wanted, world);
  return line === '' ? '' : `${line}\n`;
}
