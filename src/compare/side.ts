// The sessions that are compared: their names as they are typed, and what both must have in common.

import { type OtherSession, openOther } from '../auth/other-session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { decode } from '../schema/decode.ts';
import { session as sessionField } from '../schema/fields.ts';
import type { World } from '../world.ts';

const NAME = sessionField('Session');

/** undefined for `-`, the unnamed session. @param source the argument @throws Failure 'usage' */
export function readName(source: string, typed: string): string | undefined {
  if (typed === '-') return undefined;
  const decoded = decode(typed, NAME);
  if ('why' in decoded) throw new Failure('usage', `${source}: '${typed}' ${decoded.why}`);
  if (typed === '') throw new Failure('usage', `${source}: '' is no name. The unnamed session is -`);
  return typed;
}

/** @param name undefined for the unnamed session @throws Failure as `openOther` */
export function openSide(name: string | undefined, outer: Context): Promise<OtherSession> {
  return openOther(name, { ...outer, world: withoutInput(outer.world) });
}

/** Both would read it, and one of them would find nothing. */
function withoutInput(world: World): World {
  const pieces = () => {
    throw new Failure('usage', 'compare runs the command twice, and standard input can be read once', {
      lines: ['Write it to a file, and name that.'],
    });
  };
  return { ...world, stdin: { ...world.stdin, pieces } };
}

/** @throws Failure 'refused' */
export function requireOneTenant(a: OtherSession, b: OtherSession): void {
  if (a.tenantId === b.tenantId) return;
  const [first, second] = [a, b].map(({ label, tenantId }) => `${label} is in tenant ${tenantId}`);
  throw new Failure('refused', `${first}, ${second}`, {
    lines: ['Nothing was sent. With --across-tenants they are compared all the same.'],
  });
}
