// What a user may do with a thing, computed from what is known of grants. Pure. Grants add up along the way from the root: the
// API describes none that takes something away.

import type { Unknown } from '../auth/unseen.ts';
import type { Grant } from './grants.ts';
import { isManager, type Person } from './person.ts';
import type { Level } from './subject.ts';

export type Certainty = 'yes' | 'no' | 'unknown';

/** @property isShown whether the server has shown the thing to this very user */
export type Facts = {
  readonly person: Person;
  readonly levels: readonly Level[];
  readonly grants: readonly Grant[];
  readonly unknown: readonly Unknown[];
  readonly isShown: boolean;
};

export type Verdict = {
  readonly read: Certainty;
  readonly write: Certainty;
  /** In words that follow a colon. */
  readonly because: string;
  /** The grants that it rests on. */
  readonly deciding: readonly Grant[];
  /** Doubts about the rules themselves. */
  readonly notes: readonly string[];
};

const IMPLIED = 'The API implies this of admins, owners and the own folder, and states it nowhere.';

const CAPABILITIES = ['READ_ONLY', 'READ_WRITE'];

export function judge(facts: Facts): Verdict {
  const { person, levels, grants, unknown, isShown } = facts;
  const whole = { read: 'yes', write: 'yes', deciding: [], notes: [IMPLIED] } as const;
  if (isManager(person)) return { ...whole, because: `as ${person.role} of the tenant` };
  const own = levels.find(({ path }) => path === `/users/${person.userId}`);
  if (own) return { ...whole, because: `it is in the user's own folder ${own.path}` };
  const known = grants.filter(({ capability }) => CAPABILITIES.includes(capability));
  const isAllKnown = unknown.length === 0 && known.length === grants.length;
  const rest = isAllKnown ? 'no' : 'unknown';
  const sorted = sortByLevel(known, levels);
  const deciding = findDeciding(sorted);
  const because = explain(deciding.at(-1), levels, isAllKnown, isShown);
  const write = deciding[0]?.capability === 'READ_WRITE' ? 'yes' : rest;
  return { read: deciding.length > 0 || isShown ? 'yes' : rest, write, because, deciding, notes: listDoubts(sorted) };
}

/** From the root down. */
export function sortByLevel(grants: readonly Grant[], levels: readonly Level[]): Grant[] {
  const place = new Map(levels.map(({ pathPartId }, index) => [pathPartId, index]));
  return grants.toSorted((a, b) => (place.get(a.pathPartId) ?? 0) - (place.get(b.pathPartId) ?? 0));
}

/** Those that give the most. */
function findDeciding(grants: readonly Grant[]): Grant[] {
  const writing = grants.filter(({ capability }) => capability === 'READ_WRITE');
  return writing.length > 0 ? writing : [...grants];
}

function explain(grant: Grant | undefined, levels: readonly Level[], isAllKnown: boolean, isShown: boolean): string {
  if (grant) return `${grant.capability} on ${nameLevel(levels, grant.pathPartId)}${describeWay(grant)}`;
  if (isShown) return 'the server shows it to them, through none of the grants that are known';
  return isAllKnown ? 'no grant on any level, neither theirs nor of a group' : 'no grant that can be seen';
}

/** ` through group Finance`; nothing for one of the user's own. */
function describeWay({ group }: Grant): string {
  return group ? ` through group ${group.name}` : '';
}

function nameLevel(levels: readonly Level[], pathPartId: string): string {
  const level = levels.find((one) => one.pathPartId === pathPartId);
  return level?.path ?? level?.name ?? pathPartId;
}

function listDoubts(sorted: readonly Grant[]): string[] {
  const nearest = sorted.filter(({ pathPartId }) => pathPartId === sorted.at(-1)?.pathPartId);
  const isNarrower = nearest.every(({ capability }) => capability === 'READ_ONLY');
  if (!isNarrower || !sorted.some(({ capability }) => capability === 'READ_WRITE')) return [];
  return ['A READ_ONLY grant lies below a READ_WRITE one. Grants are added up here, and the API does not say so.'];
}
