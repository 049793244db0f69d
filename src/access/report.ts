// An explanation as data: the verdict, and the levels with the grants on them. The words for people are text.ts's.

import { Failure } from '../errors.ts';
import type { Json, JsonObject } from '../json/value.ts';
import type { Whole } from '../output/result.ts';
import type { Explanation, Proof } from './explain.ts';
import type { Grant } from './grants.ts';
import type { Level } from './subject.ts';

/** @property name of the session that proved it; undefined for the unnamed one */
export type Proved = Proof & { readonly session: string | undefined; readonly isBorneOut: boolean };

/** @param id that was typed @param text in place of the table */
export function layOut(
  id: string,
  explanation: Explanation,
  proved: Proved | undefined,
  text: string | undefined,
): Whole {
  const { person, levels, grants, unknown, verdict } = explanation;
  const thing = levels.at(-1);
  return {
    data: {
      read: verdict.read,
      write: verdict.write,
      because: verdict.because,
      computed_from: levels.length > 0 ? 'grants' : null,
      user_id: person.userId,
      email: person.email ?? null,
      role: person.role ?? null,
      deactivated_on: person.deactivatedOn ?? null,
      path_part_id: thing?.pathPartId ?? id,
      materialized_path: thing?.path ?? null,
      levels: levels.map((level) => toRow(level, grants, verdict.deciding)),
      unknown: unknown.map(({ what, why }) => ({ what, why: describeWhy(why) })),
      notes: [...verdict.notes],
      check: proved ? toCheck(proved) : null,
    },
    itemsKey: 'levels',
    id: 'path_part_id',
    columns: ['materialized_path', 'part_type', 'path_part_id', 'grants'],
    tree: { parent: 'parent_path_id', label: labelRow },
    ...(text !== undefined && { text }),
    isComposed: true,
  };
}

export function describeWhy(why: Failure | string): string {
  return why instanceof Failure ? why.message : why;
}

function toRow(level: Level, grants: readonly Grant[], deciding: readonly Grant[]): JsonObject {
  const { pathPartId, parentId, name, partType, path } = level;
  const here = grants.filter((grant) => grant.pathPartId === pathPartId);
  return {
    path_part_id: pathPartId,
    parent_path_id: parentId ?? null,
    name: name ?? null,
    part_type: partType ?? null,
    materialized_path: path ?? null,
    grants: here.map((grant) => toGrantRow(grant, deciding.includes(grant))),
  };
}

function toGrantRow({ id, capability, group }: Grant, decides: boolean): JsonObject {
  return {
    id: id ?? null,
    capability,
    through: group ? 'group' : 'user',
    group_id: group?.id ?? null,
    group_name: group?.name ?? null,
    decides,
  };
}

function toCheck({ read, write, session, isBorneOut }: Proved): JsonObject {
  return { read, write: write ?? null, session: session ?? null, agrees: isBorneOut };
}

/** `reports: READ_ONLY through group Finance` */
function labelRow({ name, path_part_id, grants }: JsonObject): string {
  const words = (Array.isArray(grants) ? grants : []).map((grant) => labelGrant(grant as JsonObject));
  return [String(name ?? path_part_id), words.join(', ')].filter(Boolean).join(': ');
}

function labelGrant({ capability, group_name }: JsonObject): Json {
  return group_name === null ? String(capability) : `${capability} through group ${group_name}`;
}
