// The grants that reach a user: their own, and those of their groups. Grants that cannot be seen are named, never taken for none.

import type { Session } from '../auth/session.ts';
import { see, type Unknown } from '../auth/unseen.ts';
import { Failure } from '../errors.ts';
import { readPages } from '../http/pages.ts';
import type { ApiRequest } from '../http/request.ts';
import { asRecord, type Json, type JsonObject, nonEmptyString } from '../json/value.ts';
import type { Log } from '../terminal/log.ts';
import { inLanes } from './lanes.ts';
import { isManager, type Person } from './person.ts';
import { GROUPS, grantsOf, grantsOfGroup, membersOf, OWN_GROUPS } from './requests.ts';

export type Group = { readonly id: string; readonly name: string };

export type Grant = {
  readonly id: string | undefined;
  readonly pathPartId: string;
  readonly capability: string;
  /** Through which it reaches the user; undefined for one of their own. */
  readonly group: Group | undefined;
};

/** @property self the user that acts @property person the one that is asked about @property isOf whether a path part matters */
export type Search = {
  readonly self: Person;
  readonly person: Person;
  readonly isOf: (pathPartId: string) => boolean;
  readonly session: Session;
  readonly log: Log;
};

export type Collected = { readonly grants: readonly Grant[]; readonly unknown: readonly Unknown[] };

export async function collectGrants(search: Search): Promise<Collected> {
  const parts = await inLanes([collectOwn, collectOfGroups], (collect) => collect(search));
  return join(parts);
}

function join(parts: readonly Collected[]): Collected {
  return { grants: parts.flatMap(({ grants }) => grants), unknown: parts.flatMap(({ unknown }) => unknown) };
}

async function collectOwn(search: Search): Promise<Collected> {
  return readGrants(grantsOf(search.person), undefined, search);
}

async function collectOfGroups(search: Search): Promise<Collected> {
  const { groups, unknown } = await listGroups(search);
  return join([{ grants: [], unknown }, ...(await inLanes(groups, (group) => collectOfGroup(group, search)))]);
}

/** Whether the user is in it is asked only where it matters. */
async function collectOfGroup(group: Group, search: Search): Promise<Collected> {
  const found = await readGrants(grantsOfGroup(group.id), group, search);
  if (isSelf(search) || found.grants.length === 0) return found;
  const seen = await see(() => isMember(group, search));
  if ('unseen' in seen) return cannotSee(`whether the user is in group ${group.name}`, seen.unseen);
  return seen.value ? found : { grants: [], unknown: [] };
}

function isSelf({ self, person }: Search): boolean {
  return self.userId === person.userId;
}

async function readGrants(request: ApiRequest, group: Group | undefined, search: Search): Promise<Collected> {
  const seen = await see(() => readRows(request, search, (row) => search.isOf(String(row['path_part_id']))));
  if ('value' in seen) return { grants: seen.value.map((row) => toGrant(row, group)), unknown: [] };
  return cannotSee(group ? `the grants of group ${group.name}` : 'the grants of the user', seen.unseen);
}

function cannotSee(what: string, why: Failure | string): Collected {
  return { grants: [], unknown: [{ what, why }] };
}

function toGrant(row: JsonObject, group: Group | undefined): Grant {
  const { id, path_part_id, capability } = row;
  return { id: nonEmptyString(id), pathPartId: String(path_part_id), capability: String(capability), group };
}

async function listGroups(search: Search): Promise<{ groups: readonly Group[]; unknown: readonly Unknown[] }> {
  const seen = await see(() => (isSelf(search) ? readOwnGroups(search.session) : readAllGroups(search)));
  if ('unseen' in seen) return { groups: [], unknown: [{ what: 'the groups of the user', why: seen.unseen }] };
  const isWhole = isSelf(search) || isManager(search.self);
  const others = { what: 'groups that the acting user is not in', why: 'only an admin or owner sees them' };
  return { groups: seen.value, unknown: isWhole ? [] : [others] };
}

/** @throws Failure 'answer' for what is no list */
export async function readOwnGroups(session: Session): Promise<readonly Group[]> {
  const rows = await session.json(OWN_GROUPS);
  if (!Array.isArray(rows)) throw new Failure('answer', 'The server did not answer with the groups of the user');
  return rows.map(toGroup);
}

async function readAllGroups(search: Search): Promise<readonly Group[]> {
  const rows = await readRows(GROUPS, search, (row) => row['member_count'] !== 0);
  return rows.map(toGroup);
}

function toGroup(row: Json): Group {
  const { id, name } = asRecord(row);
  const known = nonEmptyString(id);
  if (known === undefined) throw new Failure('answer', 'The server named no id of a group');
  return { id: known, name: nonEmptyString(name) ?? known };
}

/** Rows of all pages that are wanted; the others are not kept. */
async function readRows(
  request: ApiRequest,
  { session, log }: Search,
  isWanted: (row: JsonObject) => boolean,
): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for await (const { rows } of readPages(request, session.json, log))
    found.push(...rows.map(asRecord).filter(isWanted));
  return found;
}

async function isMember({ id }: Group, { person, session, log }: Search): Promise<boolean> {
  for await (const { rows } of readPages(membersOf(id), session.json, log)) {
    if (rows.some((row) => asRecord(row)['user_id'] === person.userId)) return true;
  }
  return false;
}
