// kscli settings set: one setting, checked and written to the config file.

import { defineCommand } from '../../argv/command.ts';
import { formatInline } from '../../json/format.ts';
import { withFields } from '../../json/value.ts';
import { text } from '../../schema/fields.ts';
import { updateConfig } from '../../settings/config-file.ts';
import { encodeSetting, requireKey } from '../../settings/keys.ts';
import { ADMIN_KEY } from '../../settings/table.ts';

export const settingsSet = defineCommand({
  effect: 'write',
  flags: {},
  // This command mends a bad value; only a file that cannot be read or believed stops it.
  isLenient: true,
  args: {
    key: text('Key of the setting in the config file', { required: true }),
    value: text('Value to write, or - for a line of standard input', { required: true }),
  },
  examples: ['kscli settings set timeout 60', 'kscli settings set admin_api_key - < key.txt'],
  run: async ({ key, value: typed }, { config, world, log }) => {
    requireKey(key);
    const value = encodeSetting(key, typed === '-' ? (await world.stdin.line()).trim() : typed);
    if (key === ADMIN_KEY.key && typed !== '-') {
      await log.warn(
        'Other users of this machine can see a key in the argument list. Give - and the key on standard input.',
      );
    }
    const path = await updateConfig(config.path, world, (values) => withFields(values, { [key]: value }));
    const shown = key === ADMIN_KEY.key ? '(set)' : value;
    const words = typeof shown === 'string' ? shown : formatInline(shown);
    return {
      show: {
        data: { setting: key, value: shown, config_path: path },
        text: `Set ${key} to ${words} in ${path}\n`,
        id: 'setting',
      },
    };
  },
});
