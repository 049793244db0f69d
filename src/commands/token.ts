// kscli token: the one command that may print a token.

import { formatCurlConfig } from '../api/curl.ts';
import { defineCommand } from '../argv/command.ts';
import { toCookie } from '../auth/impersonation.ts';
import { makeLast, requireUnguarded } from '../auth/lasting.ts';
import { locateCredentials } from '../auth/place.ts';
import { loadSession } from '../auth/session.ts';
import { flag, integer, text } from '../schema/fields.ts';

/** Longer than any server makes a token last. */
const YEAR = 31_536_000;

export const token = defineCommand({
  flags: {
    'min-valid': integer('Time that it must be good for at least, in seconds', {
      min: 0,
      max: YEAR,
      default: 60,
      notes: 'default: 60',
    }),
    curl: text('Print a config for curl instead, with the address of this path', { placeholder: 'path' }),
    unguarded: flag('Print it though only reading is allowed'),
  },
  args: {},
  examples: ['kscli token --min-valid 600', 'kscli token --curl /v1/users/me | curl --config -'],
  run: async (input, context) => {
    const { settings, world, log } = context;
    const loaded = await loadSession(context);
    requireUnguarded(loaded, input.unguarded, context);
    const credentials = await makeLast(loaded, locateCredentials(context), input['min-valid'], context);
    const { token: value, expiresAt, tenantId, userId, session } = credentials;
    const { cookie = '' } = toCookie(credentials);
    const config = input.curl === undefined ? undefined : formatCurlConfig(input.curl, cookie, context);
    if (world.stdout.isTerminal)
      await log.warn(`This is a token: whoever sees it can act as user ${userId} until ${expiresAt}.`);
    if (config !== undefined) return { show: { raw: [config] } };
    return {
      show: {
        data: {
          cookie,
          token: value,
          expires_at: expiresAt,
          base_url: settings.baseUrl,
          tenant_id: tenantId,
          user_id: userId,
          session: session ?? null,
        },
        text: `${value}\n`,
        id: 'token',
      },
    };
  },
});
