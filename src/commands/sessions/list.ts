// kscli sessions list: one row a session, from the files alone. Nothing is sent, locked or changed.

import { defineCommand } from '../../argv/command.ts';
import { type Found, inspect, listNamed } from '../../auth/inventory.ts';
import { locateSession } from '../../auth/place.ts';
import { VIEW } from '../../schema/view.ts';

const UNNAMED = '-';

export const sessionsList = defineCommand({
  effect: 'read',
  flags: VIEW,
  args: {},
  examples: ['kscli sessions list', 'kscli sessions list --format json'],
  run: async (_input, context) => {
    const { settings, world, log } = context;
    const places = [locateSession(undefined, context), ...listNamed(context)];
    const found = (await Promise.all(places.map((place) => inspect(place, world, world.now())))).filter(
      (session) => session !== undefined,
    );
    for (const { place, reasons } of found) {
      for (const reason of reasons) await log.warn(`${place.session ?? UNNAMED}: ${reason}`);
    }
    const data = found.map((session) => toRow(session, settings.session));
    const marked = data.map((row) => ({ ...row, name: `${row.current ? '*' : ' '} ${row.name}` }));
    return {
      show: { data, ...(settings.format === 'table' && { rows: marked }), columns: COLUMNS, id: 'name' },
    };
  },
});

const COLUMNS = ['name', 'tenant_id', 'user_id', 'base_url', 'mode', 'state', 'expires_at', 'lease_until'];

function toRow({ place, state, binding, expiresAt, leaseUntil }: Found, current: string | undefined) {
  return {
    name: place.session ?? UNNAMED,
    current: place.session === current,
    tenant_id: binding?.tenantId ?? null,
    user_id: binding?.userId ?? null,
    base_url: binding?.baseUrl ?? null,
    mode: binding === undefined ? null : binding.isReadOnly ? 'read-only' : 'read-write',
    state,
    expires_at: expiresAt ?? null,
    lease_until: leaseUntil ?? null,
  };
}
