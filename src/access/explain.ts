// All that is known of one user's access to one thing, in few requests; and the proof, where one is asked for.

import type { Session } from '../auth/session.ts';
import { see, type Unknown } from '../auth/unseen.ts';
import type { Context } from '../context.ts';
import { encodeSegment } from '../http/request.ts';
import { asRecord } from '../json/value.ts';
import { collectGrants } from './grants.ts';
import { findUser, type Person } from './person.ts';
import type { Level } from './subject.ts';
import { type Facts, judge, type Verdict } from './verdict.ts';

/** @property isSelf whether it is about the user that acts */
export type Explanation = Facts & { readonly isSelf: boolean; readonly verdict: Verdict };

/** @property levels none where the acting user may not see the thing */
type Question = {
  readonly self: Person;
  readonly userId: string;
  readonly levels: readonly Level[];
  readonly session: Session;
  readonly context: Context;
};

/** @throws Failure 'not-found' where the tenant has no such user */
export async function explainAccess({ self, userId, levels, session, context }: Question): Promise<Explanation> {
  const { log } = context;
  const isSelf = userId === self.userId;
  const { person, unknown } = isSelf
    ? { person: self, unknown: listUnknownRole(self) }
    : await findUser({ ...self, userId }, session, log);
  if (levels.length === 0) return explainRefused(person, isSelf);
  const ids = new Set(levels.map(({ pathPartId }) => pathPartId));
  const found = await collectGrants({ self, person, isOf: (id) => ids.has(id), session, log });
  const facts = { person, levels, grants: found.grants, unknown: [...unknown, ...found.unknown], isShown: isSelf };
  return { ...facts, isSelf, verdict: judge(facts) };
}

/** Without its levels nothing can be computed: the refusal itself is all that is known. */
function explainRefused(person: Person, isSelf: boolean): Explanation {
  const why = 'the server refuses to show it to the acting user';
  const unknown = [{ what: 'the levels from the root down to it, and the grants on them', why }];
  const certainty = isSelf ? 'no' : 'unknown';
  const verdict: Verdict = { read: certainty, write: certainty, because: why, deciding: [], notes: [] };
  return { person, levels: [], grants: [], unknown, isShown: false, isSelf, verdict };
}

function listUnknownRole({ role }: Person): readonly Unknown[] {
  return role === undefined ? [{ what: 'the role of the user', why: 'the server does not name it' }] : [];
}

/** @property write undefined where the server does not say */
export type Proof = { readonly read: boolean; readonly write: boolean | undefined };

/** One request, as the user that acts in the session. */
export async function prove(pathPartId: string, session: Session): Promise<Proof> {
  const path = `/v1/path-parts/${encodeSegment(pathPartId)}`;
  const seen = await see(() => session.json({ method: 'GET', path }));
  if ('unseen' in seen) return { read: false, write: false };
  const { can_read, can_write } = asRecord(seen.value);
  return { read: can_read !== false, write: typeof can_write === 'boolean' ? can_write : undefined };
}

/** Whether nothing that was computed is otherwise. What was unknown is no contradiction. */
export function isBorneOut({ read, write }: Verdict, proof: Proof): boolean {
  return agrees(read, proof.read) && agrees(write, proof.write);
}

function agrees(computed: Verdict['read'], proved: boolean | undefined): boolean {
  return computed === 'unknown' || proved === undefined || (computed === 'yes') === proved;
}
