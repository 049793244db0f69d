// kscli login: a user's own API key, tried and then kept in place of a token.

import { defineCommand, SERVER_EXITS } from '../argv/command.ts';
import { askIdentity } from '../auth/api-key.ts';
import { bindTo, findBinding, requireBound } from '../auth/bind.ts';
import type { KeyCredentials } from '../auth/credentials.ts';
import { requireExpected } from '../auth/expected.ts';
import { type GivenKey, requireApiKey } from '../auth/given-key.ts';
import type { Identity } from '../auth/identity.ts';
import { asJournalled } from '../auth/journalled.ts';
import { decideLease, LEASE_FLAGS } from '../auth/lease-flags.ts';
import { locateCredentials } from '../auth/place.ts';
import { preparePlace } from '../auth/prepare.ts';
import { withOwnOrigin } from '../auth/session-settings.ts';
import { saveCredentials } from '../auth/store.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { describe } from '../http/answer.ts';
import { orRefused } from '../journal/policy.ts';
import type { Whole } from '../output/result.ts';
import { flag, text, url } from '../schema/fields.ts';

const NOT_WRITTEN = 'Nothing was written.';

export const login = defineCommand({
  effect: 'write',
  exits: SERVER_EXITS,
  flags: {
    'api-key': text('API key; others can see it in the list of processes', {
      short: 'k',
      placeholder: 'key',
      notes: 'better: KSCLI_API_KEY',
      conflictsWith: ['with-key'],
      isSecret: true,
    }),
    'with-key': flag('Read the API key from standard input'),
    url: url('Address of the API: --base-url, for scripts of the Python kscli'),
    replace: flag('Bind a named session anew: to another tenant, user or base URL, and without its --read-only'),
    ...LEASE_FLAGS,
  },
  args: {},
  examples: ['kscli login', 'kscli login --session own --with-key < key.txt'],
  run: async (input, outer) => {
    const context = chooseServer(input.url, withOwnOrigin(outer));
    const { settings, world } = context;
    const place = locateCredentials(context);
    const { session } = place;
    const lease = decideLease(input, context);
    const binding = findBinding(place, input.replace, context);
    const unknown = { tenantId: undefined, userId: undefined, session, lease };
    const asking = asJournalled(unknown, context);
    await orRefused(asking.journal, undefined, () => requireBound(binding, undefined, place, settings.baseUrl));
    await preparePlace(place, { lease, isReplaced: input.replace }, context);
    const key = await requireApiKey(input, context);
    const identity = await tryKey(key, asking);
    const { journal } = asJournalled({ ...unknown, ...identity }, context);
    await orRefused(journal, undefined, () => {
      requireExpected({ ...identity, session, isLogin: true }, settings, NOT_WRITTEN);
      requireBound(binding, identity, place, settings.baseUrl, NOT_WRITTEN);
    });
    await journal?.note('session.start');
    const credentials: KeyCredentials = {
      ...identity,
      session,
      isLogin: true,
      lease,
      apiKey: key.value,
      baseUrl: settings.baseUrl,
      // The flag alone: a setting guards this shell, not the session.
      isReadOnly: context.sources.readOnly.kind === 'flag',
    };
    await saveCredentials(place, credentials, world, {
      revise: (latest) => bindTo(latest, place, input.replace, context),
    });
    return { show: describeLogin(credentials) };
  },
});

function describeLogin({ userId, tenantId, baseUrl, lease }: KeyCredentials): Whole {
  const end = lease?.until;
  const lines = [`Logged in successfully (${baseUrl}).`, ...(end === undefined ? [] : [`Lease ends: ${end}`])];
  const who = { user_id: userId ?? null, tenant_id: tenantId ?? null, base_url: baseUrl ?? null };
  return { data: { ...who, ...(end && { lease_until: end }) }, text: `${lines.join('\n')}\n`, id: 'user_id' };
}

/** @param typed with --url */
function chooseServer(typed: string | undefined, context: Context): Context {
  if (typed === undefined) return context;
  const { settings, sources } = context;
  if (sources.baseUrl.kind === 'flag') throw new Failure('usage', '--url and --base-url cannot be used together');
  const baseUrl = { kind: 'flag', name: '--url' } as const;
  return { ...context, settings: { ...settings, baseUrl: typed }, sources: { ...sources, baseUrl } };
}

/** Whose it is. @throws Failure 'api-key-rejected' for a 401, by status otherwise */
function tryKey({ value, origin }: GivenKey, context: Context): Promise<Identity> {
  return askIdentity({ apiKey: value }, context, (answer) => {
    const { detail, lines } = describe(answer);
    const advice = `The key is the one from ${origin}. Check it and the base URL (${context.settings.baseUrl}).`;
    return new Failure('api-key-rejected', detail, { lines: [...lines, advice, NOT_WRITTEN] });
  });
}
