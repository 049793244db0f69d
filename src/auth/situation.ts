// Who acts now, where, and for how long: from the settings and the session's own file. Nothing is sent, locked or changed,
// and nothing that is wrong with them is a failure here.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { JsonObject } from '../json/value.ts';
import { type Found, inspect } from './inventory.ts';
import { locateCredentials } from './place.ts';
import { withOwnOrigin } from './session-settings.ts';

/** Absent values are null; a session that cannot be read says why among the problems. */
export async function describeSituation(outer: Context): Promise<JsonObject> {
  const context = withOwnOrigin(outer);
  const { settings, problems, log } = context;
  const { found, obstacles } = await look(context);
  const wrong = [...problems.flatMap(({ message, lines }) => [message, ...lines]), ...obstacles];
  return {
    session: settings.session ?? null,
    state: found?.state ?? (obstacles.length > 0 ? 'unreadable' : 'none'),
    tenant_id: found?.binding?.tenantId ?? null,
    user_id: found?.binding?.userId ?? null,
    base_url: settings.baseUrl,
    read_only: settings.readOnly || (found?.binding?.isReadOnly ?? false),
    expires_at: found?.expiresAt ?? null,
    lease_until: found?.leaseUntil ?? null,
    problems: wrong.map((line) => log.present(line)),
  };
}

type Looked = { readonly found: Found | undefined; readonly obstacles: readonly string[] };

async function look(context: Context): Promise<Looked> {
  const { world } = context;
  try {
    const found = await inspect(locateCredentials(context), world, world.now());
    return { found, obstacles: found?.reasons ?? [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // A wrong session stands among the problems already.
    return { found: undefined, obstacles: context.problems.includes(error) ? [] : [error.message] };
  }
}
