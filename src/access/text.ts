// An explanation in words: the verdict first, then how sure it is, then level by level what it rests on.

import type { Explanation } from './explain.ts';
import type { Grant } from './grants.ts';
import type { Person } from './person.ts';
import { describeWhy, type Proved } from './report.ts';
import type { Level } from './subject.ts';
import type { Verdict } from './verdict.ts';

/** Lines that each end with a break. @param id that was typed @param proved undefined where nobody asked the server */
export function describeExplanation(id: string, explanation: Explanation, proved: Proved | undefined): string {
  const { person, levels, unknown, verdict } = explanation;
  const thing = levels.at(-1);
  const lines = [
    `${capitalize(describeVerdict(person, thing?.path ?? thing?.name ?? id, verdict))}.`,
    ...(proved ? [describeProof(proved, verdict)] : describeBasis(explanation)),
    ...verdict.notes,
    '',
    ...describePerson(person),
    ...levels.flatMap((level) => describeLevel(level, explanation)),
    ...(unknown.length > 0 ? ['', 'Not known:'] : []),
    ...unknown.map(({ what, why }) => `  ${what}: ${describeWhy(why)}`),
  ];
  return lines.map((line) => `${line.replace(/[\s\0]*[\r\n]+\s*/g, ' ')}\n`).join('');
}

/** A refusal is no computation. */
function describeBasis({ levels, isSelf }: Explanation): string[] {
  if (levels.length === 0) return [];
  return [`Computed from the grants, not asked of the server: --check${isSelf ? '' : '-session'} asks it.`];
}

function capitalize(sentence: string): string {
  return sentence.replace(/^user /, 'User ');
}

function describeVerdict(person: Person, thing: string, { read, write, because }: Verdict): string {
  const who = person.email ?? `user ${person.userId}`;
  const ended = person.deactivatedOn === undefined ? '' : `, but is deactivated since ${person.deactivatedOn}`;
  return `${say(who, thing, read, write)}${ended}: ${because}`;
}

function say(who: string, thing: string, read: Verdict['read'], write: Verdict['write']): string {
  if (read === 'no') return `${who} may neither read nor write ${thing}`;
  if (read === 'unknown') return `Unknown whether ${who} may read ${thing}`;
  if (write === 'unknown') return `${who} may read ${thing}, and perhaps write it`;
  return write === 'yes' ? `${who} may read and write ${thing}` : `${who} may read ${thing}, and not write it`;
}

function describeProof({ read, write, session, isBorneOut }: Proved, computed: Verdict): string {
  const asked = session === undefined ? 'Asked' : `Asked in session ${session}`;
  const answers = `read ${read ? 'yes' : 'no'}, write ${write === undefined ? 'not told' : write ? 'yes' : 'no'}`;
  const isWhole = computed.read !== 'unknown' && computed.write !== 'unknown' && write !== undefined;
  const same = isBorneOut ? (isWhole ? ' That is what the grants say.' : '') : ' That is not what the grants say.';
  return `${asked}, the server says: ${answers}.${same}`;
}

function describePerson({ userId, role }: Person): string[] {
  return [`user ${userId}, role ${role ?? 'unknown'}`];
}

function describeLevel(level: Level, { grants, unknown, verdict }: Explanation): string[] {
  const here = grants.filter(({ pathPartId }) => pathPartId === level.pathPartId);
  const name = level.path ?? level.name ?? level.pathPartId;
  const title = level.partType === undefined ? name : `${name} (${level.partType})`;
  const none = unknown.length === 0 ? 'no grant' : 'no grant that can be seen';
  if (here.length === 0) return [title, `  ${none}`];
  return [
    title,
    ...here.map((grant) => `  ${describeGrant(grant)}${verdict.deciding.includes(grant) ? ', decides' : ''}`),
  ];
}

/** `READ_ONLY through group Finance, grant 0000…` */
function describeGrant({ id, capability, group }: Grant): string {
  const way = group ? `through group ${group.name}` : 'of the user';
  return `${capability} ${way}${id === undefined ? '' : `, grant ${id}`}`;
}
