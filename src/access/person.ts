// The user whose access is explained: role and state in the tenant, as far as the acting user may see them.

import type { Identity } from '../auth/identity.ts';
import type { Session } from '../auth/session.ts';
import { see, type Unknown } from '../auth/unseen.ts';
import { Failure } from '../errors.ts';
import { readPages } from '../http/pages.ts';
import { asRecord, type JsonObject, nonEmptyString } from '../json/value.ts';
import type { Log } from '../terminal/log.ts';
import { ME, usersOf } from './requests.ts';

export type Person = Identity & {
  readonly email: string | undefined;
  /** undefined where it cannot be seen. */
  readonly role: string | undefined;
  /** Cannot act at all from then on. */
  readonly deactivatedOn: string | undefined;
};

type Sought = { readonly person: Person; readonly unknown: readonly Unknown[] };

/** Whoever sees everything of the tenant. */
const MANAGERS = ['ADMIN', 'OWNER'];

export function isManager({ role }: Pick<Person, 'role'>): boolean {
  return role !== undefined && MANAGERS.includes(role);
}

/** The user that acts. */
export async function readSelf(identity: Identity, session: Session): Promise<Person> {
  const me = asRecord(await session.json(ME));
  return { ...identity, ...describe(me, me['current_tenant_role']) };
}

/** Another user of the same tenant. @throws Failure 'not-found' where the tenant has no such user */
export async function findUser(identity: Identity, session: Session, log: Log): Promise<Sought> {
  const found = await see(() => searchUsers(identity, session, log));
  if ('value' in found) return { person: { ...identity, ...describe(found.value, found.value['role']) }, unknown: [] };
  const nobody = { email: undefined, role: undefined, deactivatedOn: undefined };
  return { person: { ...identity, ...nobody }, unknown: [{ what: 'the role of the user', why: found.unseen }] };
}

async function searchUsers({ tenantId, userId }: Identity, session: Session, log: Log): Promise<JsonObject> {
  for await (const { rows } of readPages(usersOf(tenantId), session.json, log)) {
    const row = rows.map(asRecord).find((user) => user['user_id'] === userId);
    if (row) return row;
  }
  throw new Failure('not-found', `tenant ${tenantId} has no user ${userId}`);
}

function describe(row: JsonObject, role: unknown): Omit<Person, keyof Identity> {
  return {
    email: nonEmptyString(row['email']),
    role: nonEmptyString(role),
    deactivatedOn: nonEmptyString(row['deactivated_on']),
  };
}
