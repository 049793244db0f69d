// kscli permissions explain: what a user may do with a thing, and through which grants. Computed, and proved where that is asked for.

import { type Explanation, explainAccess, isBorneOut, prove } from '../../access/explain.ts';
import { both } from '../../access/lanes.ts';
import { readSelf } from '../../access/person.ts';
import { openProver, type Prover } from '../../access/prover.ts';
import { layOut, type Proved } from '../../access/report.ts';
import { findLevels, type Level } from '../../access/subject.ts';
import { describeExplanation } from '../../access/text.ts';
import { defineCommand, SERVER_EXITS } from '../../argv/command.ts';
import type { Identity } from '../../auth/identity.ts';
import { openSession } from '../../auth/session.ts';
import type { Seen } from '../../auth/unseen.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../errors.ts';
import { flag, type Input, session as sessionField, uuid } from '../../schema/fields.ts';

const FLAGS = {
  user: uuid('User of the same tenant', { notes: 'default: the acting user' }),
  check: flag('Prove it: ask the server as this user'),
  'check-session': sessionField('Session of the other user, to prove it with'),
} as const;

const ARGS = { id: uuid('Id of a path part, folder or document', { required: true }) } as const;

type Typed = Input<typeof FLAGS> & Input<typeof ARGS>;

export const permissionsExplain = defineCommand({
  effect: 'read',
  exits: SERVER_EXITS,
  flags: FLAGS,
  args: ARGS,
  examples: [
    'kscli permissions explain 00000000-0000-0000-0004-000000000001',
    'kscli permissions explain 00000000-0000-0000-0004-000000000001 --user 00000000-0000-0000-0001-000000000002',
    'kscli permissions explain 00000000-0000-0000-0004-000000000001 --check',
  ],
  run: explain,
  read: async (input, context) => (await explain(input, context)).show,
});

async function explain({ id, user, check, 'check-session': name }: Typed, context: Context) {
  const session = await openSession(context);
  const acting = await session.identity();
  const userId = user ?? acting.userId;
  const prover = await openProver({ ...acting, userId }, { name, isAsked: check, session, acting }, context);
  const [seen, self] = await both(findLevels(id, session), readSelf(acting, session));
  const levels = requireFound(seen, id, acting);
  const explanation = await explainAccess({ self, userId, levels, session, context });
  const proved = prover && (await proveIt(levels.at(-1)?.pathPartId ?? id, explanation, prover));
  const failure = proved && !proved.isBorneOut ? contradict() : undefined;
  const text = describeExplanation(id, explanation, proved);
  return { show: layOut(id, explanation, proved, text), ...(failure && { failure }) };
}

async function proveIt(pathPartId: string, { verdict }: Explanation, prover: Prover): Promise<Proved> {
  const proof = await prover.guard(() => prove(pathPartId, prover.session));
  return { ...proof, session: prover.name, isBorneOut: isBorneOut(verdict, proof) };
}

/** None where the server refuses to show it to the acting user. @throws Failure 'not-found' */
function requireFound(seen: Seen<readonly Level[]>, id: string, { userId }: Identity): readonly Level[] {
  if ('value' in seen) return seen.value;
  if (seen.unseen.kind !== 'not-found') return [];
  seen.unseen.lines.push(`No path part, folder or document has the id ${id}, or user ${userId} may not see it.`);
  throw seen.unseen;
}

function contradict(): Failure {
  return new Failure('answer', 'The server does not do what the grants say', {
    lines: ['It has the last word. There may be rules that its API does not show.'],
  });
}
