// Every setting as it is shown: its value as it would be typed, and where it came from. Never the admin key.

import type { Context } from '../context.ts';
import type { Json } from '../json/value.ts';
import type { Field } from '../schema/fields.ts';
import { formatPeriod } from '../schema/period.ts';
import type { Settings } from '../settings/resolve.ts';
import { ADMIN_KEY, listSettings } from '../settings/table.ts';
import { findAdminKey, findKeyCommand } from './admin-key.ts';

export type ShownSetting = { readonly setting: string; readonly value: Json; readonly source: string };

/** @param credentialsPath the file that the settings lead to */
export function listShownSettings(credentialsPath: string | undefined, { settings, sources }: Context): ShownSetting[] {
  return listSettings().map(([name, { key, field }]) => ({
    // The config file's name; a setting that cannot stand there has a name of the same form.
    setting: key ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value: name === 'credentialsPath' ? (credentialsPath ?? null) : write(settings[name], field),
    source: sources[name].name,
  }));
}

/** As it is typed. */
function write(value: Settings[keyof Settings], { kind }: Field): Json {
  if (kind === 'period' && typeof value === 'number') return formatPeriod(value);
  return typeof value === 'object' ? [...value] : (value ?? null);
}

/** A command is not run for this: it may ask somebody. @throws Failure as `findAdminKey` */
export async function showAdminKey(context: Context): Promise<ShownSetting> {
  const command = findKeyCommand(context);
  if (command) return { setting: ADMIN_KEY.key, value: '(from the command)', source: command.source.name };
  const found = await findAdminKey(context);
  return { setting: ADMIN_KEY.key, value: found ? '(set)' : '(not set)', source: found?.source.name ?? 'default' };
}
