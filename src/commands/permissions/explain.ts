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
import { flag, type Input, idOf, session as sessionField, uuid } from '../../schema/fields.ts';
import { VIEW } from '../../schema/view.ts';

const FLAGS = {
  user: uuid('User of the same tenant', { notes: 'default: the acting user' }),
  check: flag('Prove it: ask the server as this user'),
  'check-session': sessionField('Session of the other user, to prove it with'),
  ...VIEW,
} as const;

const ARGS = {
  'path-part-id': idOf('path part', 'Id of a path part, a folder or a document, or a path', { required: true }),
} as const;

type Typed = Input<typeof FLAGS> & Input<typeof ARGS>;

export const permissionsExplain = defineCommand({
  effect: 'read',
  exits: SERVER_EXITS,
  flags: FLAGS,
  args: ARGS,
  examples: [
    'kscli permissions explain /shared/reports/2026.pdf',
    'kscli permissions explain 00000000-0000-0000-0004-000000000001 --user 00000000-0000-0000-0001-000000000002',
    'kscli permissions explain 00000000-0000-0000-0004-000000000001 --check',
  ],
  run: explain,
  read: async (input, context) => (await explain(input, context)).show,
});

async function explain(input: Typed, context: Context) {
  const { 'path-part-id': id, user, check, 'check-session': name } = input;
  const session = await openSession(context);
  const acting = await session.identity();
  const userId = user ?? acting.userId;
  const prover = await openProver({ ...acting, userId }, { name, isAsked: check, session, acting }, context);
  const [seen, self] = await both(findLevels(id, session, context), readSelf(acting, session));
  const levels = requireFound(seen, id, acting);
  const explanation = await explainAccess({ self, userId, levels, session, context });
  const proved = prover && (await proveIt(levels.at(-1)?.pathPartId ?? id, explanation, prover));
  const failure = proved && !proved.isBorneOut ? contradict() : undefined;
  // Whoever chooses columns or rows wants the table of levels.
  const isChosen = [input.columns, input.where, input['sort-by']].some((choice) => choice !== undefined);
  const text = isChosen ? undefined : describeExplanation(id, explanation, proved);
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
