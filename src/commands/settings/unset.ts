// kscli settings unset: one setting less in the config file.

import { defineCommand } from '../../argv/command.ts';
import { keysIn } from '../../json/value.ts';
import { text } from '../../schema/fields.ts';
import { updateConfig } from '../../settings/config-file.ts';
import { requireKey } from '../../settings/keys.ts';

export const settingsUnset = defineCommand({
  effect: 'write',
  flags: {},
  // This command mends a bad value; only a file that cannot be read or believed stops it.
  isLenient: true,
  args: { key: text('Key of the setting in the config file', { required: true }) },
  examples: ['kscli settings unset timeout'],
  run: async ({ key }, { config, world }) => {
    // An unknown key may go too: perhaps it was mistyped.
    if (!Object.hasOwn(config.values, key)) requireKey(key);
    const path = await updateConfig(config.path, world, (values) =>
      Object.fromEntries(keysIn(values).flatMap((name) => (name === key ? [] : [[name, values[name] ?? null]]))),
    );
    return {
      show: { data: { setting: key, config_path: path }, text: `Removed ${key} from ${path}\n`, id: 'setting' },
    };
  },
});
