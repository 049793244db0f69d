// kscli logout: nothing of the token or the key stays behind. A named session keeps what binds it.

import { defineCommand } from '../argv/command.ts';
import { listNamed } from '../auth/inventory.ts';
import { endingSession } from '../auth/journalled.ts';
import { locateCredentials, locateSession, type Place } from '../auth/place.ts';
import { removeCredentials, signOut } from '../auth/sign-out.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { flag } from '../schema/fields.ts';
import { cleanUpConfig } from '../settings/config-file.ts';

export const logout = defineCommand({
  effect: 'delete',
  flags: { all: flag('Sign out of every session, the unnamed one too') },
  args: {},
  examples: ['kscli logout', 'kscli logout --session acme', 'kscli logout --all'],
  // A secret must be removable, whatever is wrong with the settings.
  isLenient: true,
  run: async ({ all }, context) => {
    const { settings, sources, world } = context;
    if (all && sources.session.kind === 'flag')
      throw new Failure('usage', '--all and --session cannot be used together');
    const places = all
      ? [locateSession(undefined, context), ...listNamed(context, true)]
      : [locateCredentials(context)];
    const { results, failure } = await signOutOf(places, context);
    await cleanUpConfig(settings.configPath, world);
    const rows = results.map(toRow);
    return {
      show: {
        data: all ? rows : (rows[0] ?? null),
        text: results.map(describe).join(''),
        id: 'credentials_path',
      },
      ...(failure && { failure }),
    };
  },
});

type Result = { readonly place: Place; readonly removed: boolean };

/** One that stays must not keep the others. @property failure the first one, with what else went wrong in its lines */
async function signOutOf(
  places: readonly Place[],
  context: Context,
): Promise<{ results: Result[]; failure?: Failure }> {
  const { world } = context;
  const results: Result[] = [];
  let failure: Failure | undefined;
  for (const place of places) {
    try {
      const remove = () => (place.session === undefined ? removeCredentials(place.path, world) : signOut(place, world));
      const removed = await endingSession(place, context, remove);
      results.push({ place, removed });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (failure === undefined) failure = error;
      else failure.lines.push(error.message, ...error.lines);
    }
  }
  return { results, ...(failure && { failure }) };
}

function toRow({ place: { path, session }, removed }: Result) {
  return { credentials_path: path, removed, ...(session !== undefined && { session }) };
}

function describe({ place: { path, session }, removed }: Result): string {
  if (!removed) return `No credentials in ${path}\n`;
  return session === undefined ? `Removed ${path}\n` : `Signed out of session ${session} (${path})\n`;
}
