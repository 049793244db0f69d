// kscli settings show: every setting, its value and where it came from. The admin key is never shown.

import { defineCommand } from '../../argv/command.ts';
import { findAdminKey } from '../../auth/admin-key.ts';
import { credentialsFile } from '../../auth/store.ts';
import type { Context } from '../../context.ts';
import type { Json } from '../../json/value.ts';
import { resolve, settingNames } from '../../settings/resolve.ts';
import { ADMIN_KEY, SETTINGS, type SettingName } from '../../settings/table.ts';

export const settingsShow = defineCommand({
  flags: {},
  args: {},
  examples: ['kscli settings show', 'KSCLI_TIMEOUT=5 kscli settings show --format json'],
  run: async (_input, context) => {
    const rows = [...settingNames().map((name) => toRow(name, context)), await adminKeyRow(context)];
    return { data: rows, columns: ['setting', 'value', 'source'], id: 'setting' };
  },
});

function toRow(name: SettingName, { reader }: Context): Json {
  const { value, source } = resolve(name, reader);
  const { key, label } = SETTINGS[name];
  const shown = name === 'credentialsPath' ? credentialsFile(resolve(name, reader).value) : value;
  return { setting: key ?? label, value: shown ?? null, source: source.name };
}

async function adminKeyRow({ reader, secrets }: Context): Promise<Json> {
  const found = await findAdminKey(reader, secrets);
  return { setting: ADMIN_KEY.key, value: found ? '(set)' : '(not set)', source: found?.source.name ?? 'default' };
}
