// kscli sessions remove: named sessions go, with all that they left. The unnamed one is logout's.

import { defineCommand } from '../../argv/command.ts';
import { inspect, listNamed } from '../../auth/inventory.ts';
import { endingSession } from '../../auth/journalled.ts';
import { locateSession, type Place } from '../../auth/place.ts';
import { removeCredentials } from '../../auth/sign-out.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../errors.ts';
import { flag, session } from '../../schema/fields.ts';

const MANY = 10_000;

export const sessionsRemove = defineCommand({
  effect: 'delete',
  flags: {
    ended: flag('All whose lease has ended, or that are signed out', { conflictsWith: ['all'] }),
    all: flag('Every named session'),
  },
  args: { name: session('Session to remove', { maxCount: MANY }) },
  examples: ['kscli sessions remove acme', 'kscli sessions remove --ended'],
  // A secret must be removable, whatever is wrong with the settings.
  isLenient: true,
  run: async ({ name: names, ended, all }, context) => {
    const typed = requireNames(names, ended || all);
    const places = typed ? typed.map((name) => locateSession(name, context)) : await choose(ended, context);
    const rows: { name: string; removed: boolean }[] = [];
    const failures: Failure[] = [];
    for (const place of places) {
      try {
        const remove = () => removeCredentials(place.path, context.world);
        rows.push({ name: place.session ?? '', removed: await endingSession(place, context, remove) });
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        // One that cannot go must not keep the others.
        failures.push(error);
      }
    }
    const failure = [...(typed ? findUnknown(rows) : []), ...failures];
    return {
      show: {
        data: rows,
        text: describe(rows.filter(({ removed }) => removed)),
        id: 'name',
      },
      ...(failure[0] && { failure: merge(failure[0], failure.slice(1)) }),
    };
  },
});

/** undefined where a flag says which. @throws Failure 'usage' */
function requireNames(names: readonly (string | undefined)[] | undefined, isFlag: boolean): string[] | undefined {
  if (names === undefined || names.length === 0) {
    if (isFlag) return undefined;
    throw new Failure('usage', 'Missing <name>, --ended or --all');
  }
  if (isFlag) throw new Failure('usage', 'A name cannot be used together with --ended or --all');
  const given = names.filter((name) => name !== undefined);
  if (given.length < names.length)
    throw new Failure('usage', "<name>: '' is the unnamed session, which kscli logout removes");
  return [...new Set(given)];
}

async function choose(isEnded: boolean, context: Context): Promise<Place[]> {
  if (!isEnded) return listNamed(context, true);
  const { world } = context;
  const found = await Promise.all(listNamed(context).map((place) => inspect(place, world, world.now())));
  return found.flatMap((session) =>
    session && (session.state === 'ended' || session.state === 'signed-out') ? [session.place] : [],
  );
}

function findUnknown(rows: readonly { name: string; removed: boolean }[]): Failure[] {
  const unknown = rows.filter(({ removed }) => !removed).map(({ name }) => name);
  if (unknown.length === 0) return [];
  return [new Failure('unknown-session', `There is no session ${unknown.join(', ')}`)];
}

function describe(removed: readonly { name: string }[]): string {
  return removed.length === 0 ? 'No session was removed\n' : removed.map(({ name }) => `Removed ${name}\n`).join('');
}

/** The first, with what else went wrong in its lines. */
function merge(first: Failure, others: readonly Failure[]): Failure {
  first.lines.push(...others.flatMap(({ message, lines }) => [message, ...lines]));
  return first;
}
