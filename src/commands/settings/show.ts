// kscli settings show: every setting, its value and where it came from. The admin key is never shown.

import { defineCommand } from '../../argv/command.ts';
import { locateCredentials } from '../../auth/place.ts';
import { withOwnOrigin } from '../../auth/session-settings.ts';
import { listShownSettings, showAdminKey } from '../../auth/shown-settings.ts';

export const settingsShow = defineCommand({
  effect: 'read',
  flags: {},
  args: {},
  examples: ['kscli settings show', 'KSCLI_TIMEOUT=5 kscli settings show --format json'],
  run: async (_input, outer) => {
    const context = withOwnOrigin(outer);
    const rows = [...listShownSettings(locateCredentials(context).path, context), await showAdminKey(context)];
    const values = Object.fromEntries(rows.map(({ setting, value }) => [setting, value]));
    const sources = Object.fromEntries(rows.map(({ setting, source }) => [setting, source]));
    return {
      show: { data: { ...values, sources }, rows, columns: ['setting', 'value', 'source'], id: 'setting' },
    };
  },
});
