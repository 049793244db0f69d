// kscli token: the one command that may print a token. A key is printed by none, but for curl's own config.

import { formatCurlConfig } from '../api/curl.ts';
import { defineCommand, SERVER_EXITS } from '../argv/command.ts';
import type { Proof } from '../auth/authenticator.ts';
import type { Credentials } from '../auth/credentials.ts';
import { toCookie } from '../auth/impersonation.ts';
import { makeLast, requireToken, requireUnguarded } from '../auth/lasting.ts';
import { loadSession } from '../auth/session.ts';
import { orRefused } from '../journal/policy.ts';
import { flag, integer, text } from '../schema/fields.ts';

/** Longer than any server makes a token last. */
const YEAR = 31_536_000;

export const token = defineCommand({
  effect: 'read',
  exits: SERVER_EXITS,
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
  run: async (input, outer) => {
    const { credentials: loaded, place, context } = await loadSession(outer);
    const { curl, unguarded } = input;
    if (curl === undefined) requireToken(loaded);
    await orRefused(context.journal, undefined, () => requireUnguarded(loaded, unguarded, context));
    const credentials = loaded.isLogin ? loaded : await makeLast(loaded, place, input['min-valid'], context);
    const config = curl === undefined ? undefined : formatCurlConfig(curl, await prove(credentials), context);
    await context.journal?.note('token.printed');
    if (context.world.stdout.isTerminal) await context.log.warn(describeDanger(credentials));
    if (config !== undefined) return { show: { raw: [config] } };
    requireToken(credentials);
    const { token: value, expiresAt, tenantId, userId, session } = credentials;
    return {
      show: {
        data: {
          ...(await prove(credentials)),
          token: value,
          expires_at: expiresAt,
          base_url: context.settings.baseUrl,
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

async function prove(credentials: Credentials): Promise<Proof> {
  return credentials.isLogin ? (await import('../auth/api-key.ts')).toBearer(credentials) : toCookie(credentials);
}

function describeDanger(credentials: Credentials): string {
  const { userId } = credentials;
  const who = userId === undefined ? 'its user' : `user ${userId}`;
  return credentials.isLogin
    ? `This is a key: whoever sees it can act as ${who} until it is deleted.`
    : `This is a token: whoever sees it can act as ${who} until ${credentials.expiresAt}.`;
}
