// kscli settings show: every setting, its value and where it came from. The admin key is never shown.

import { defineCommand } from '../../argv/command.ts';
import { findAdminKey, findKeyCommand } from '../../auth/admin-key.ts';
import { locateCredentials } from '../../auth/place.ts';
import type { Context } from '../../context.ts';
import type { Json } from '../../json/value.ts';
import type { Field } from '../../schema/fields.ts';
import { formatPeriod } from '../../schema/period.ts';
import type { Settings } from '../../settings/resolve.ts';
import { ADMIN_KEY, listSettings } from '../../settings/table.ts';

export const settingsShow = defineCommand({
  effect: 'read',
  flags: {},
  args: {},
  examples: ['kscli settings show', 'KSCLI_TIMEOUT=5 kscli settings show --format json'],
  run: async (_input, context) => {
    const rows = [...listRows(context), await adminKeyRow(context)];
    const values = Object.fromEntries(rows.map(({ setting, value }) => [setting, value]));
    const sources = Object.fromEntries(rows.map(({ setting, source }) => [setting, source]));
    return {
      show: { data: { ...values, sources }, rows, columns: ['setting', 'value', 'source'], id: 'setting' },
    };
  },
});

type Row = { readonly setting: string; readonly value: Json; readonly source: string };

function listRows(context: Context): Row[] {
  const { settings, sources } = context;
  return listSettings().map(([name, { key, field }]) => ({
    // The config file's name; a setting that cannot stand there has a name of the same form.
    setting: key ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value: name === 'credentialsPath' ? locateCredentials(context).path : write(settings[name], field),
    source: sources[name].name,
  }));
}

/** As it is typed. */
function write(value: Settings[keyof Settings], { kind }: Field): Json {
  if (kind === 'period' && typeof value === 'number') return formatPeriod(value);
  return typeof value === 'object' ? [...value] : (value ?? null);
}

async function adminKeyRow(context: Context): Promise<Row> {
  // Not run for this: it may ask somebody.
  const command = findKeyCommand(context);
  if (command) return { setting: ADMIN_KEY.key, value: '(from the command)', source: command.source.name };
  const found = await findAdminKey(context);
  return { setting: ADMIN_KEY.key, value: found ? '(set)' : '(not set)', source: found?.source.name ?? 'default' };
}
