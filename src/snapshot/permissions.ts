// What lets the user of a snapshot see it: role, own grants, and those of the groups that they are in.

import { type Group, readOwnGroups } from '../access/grants.ts';
import { inLanes } from '../access/lanes.ts';
import { grantsOf, grantsOfGroup, ME } from '../access/requests.ts';
import type { Identity } from '../auth/identity.ts';
import { see } from '../auth/unseen.ts';
import { asRecord, type JsonObject, nonEmptyString } from '../json/value.ts';
import type { Reader } from './reader.ts';

export async function readPermissions(identity: Identity, reader: Reader): Promise<void> {
  const { session, files, miss } = reader;
  const { current_tenant_role } = asRecord(await session.json(ME));
  files.add('permissions', ['role'], { through: 'role', role: current_tenant_role ?? null });
  await reader.each(grantsOf(identity), { part: 'permissions', of: 'user' }, (row) => addGrant(row, undefined, reader));
  const groups = await see(() => readOwnGroups(session));
  if ('unseen' in groups) return miss({ part: 'permissions', of: 'groups' }, groups.unseen);
  await inLanes(groups.value, (group) => readGroup(group, reader));
}

async function readGroup(group: Group, reader: Reader): Promise<void> {
  const { id, name } = group;
  const about = { part: 'permissions', of: 'group', group_id: id, group_name: name };
  reader.files.add('permissions', ['group', name, id], { through: 'group', group_id: id, group_name: name });
  await reader.each(grantsOfGroup(id), about, (row) => addGrant(row, group, reader));
}

function addGrant(row: JsonObject, group: Group | undefined, { files, granted }: Reader): void {
  const id = nonEmptyString(row['path_part_id']);
  if (id !== undefined) granted.add(id);
  const path = nonEmptyString(row['materialized_path']) ?? '';
  const way = group ? ['group', group.name, group.id] : ['user'];
  const through = group ? { through: 'group', group_name: group.name } : { through: 'user' };
  files.add('permissions', [...way, path, String(row['id'])], { ...row, ...through });
}
