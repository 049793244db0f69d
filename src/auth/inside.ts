// The environment of a command that `exec` runs: bound to one session, without the keys that could make another.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { ADMIN_KEY, API_KEY } from '../settings/table.ts';
import type { Env, World } from '../world.ts';
import type { Credentials } from './credentials.ts';
import type { Identity } from './identity.ts';
import type { Place } from './place.ts';
import { nameFirst } from './sign-in.ts';
import { readBinding } from './store.ts';

const MARK = 'KSCLI_EXEC';
const TOKEN = 'KS_UAT';
const KEYS = [ADMIN_KEY, API_KEY].flatMap(({ variable, fileVariable }) => [variable, fileVariable]);

/** Inside one session no other is opened by accident. @throws Failure 'refused' */
export function requireSameInside(session: string | undefined, { world }: Context): void {
  const outer = world.env[MARK];
  if (!outer || outer === (session ?? '-')) return;
  throw new Failure('refused', nameFirst(session, `this is inside kscli exec for ${describeMark(outer)}`), {
    lines: ['With --nested it is opened all the same.'],
  });
}

function describeMark(mark: string): string {
  return mark === '-' ? 'the unnamed session' : `session ${mark}`;
}

/** The base URL and the pins of the session outside do not hold for one inside. */
export function leaveOuter(context: Context, place: Place): Context {
  const { settings, sources, world } = context;
  if (!world.env[MARK]) return context;
  const isOuter = (name: keyof typeof sources) => sources[name].kind === 'variable';
  const baseUrl = isOuter('baseUrl') ? readBinding(place, world)?.baseUrl : undefined;
  return {
    ...context,
    settings: {
      ...settings,
      ...(baseUrl && { baseUrl }),
      ...(isOuter('expectTenant') && { expectTenant: undefined }),
      ...(isOuter('expectUser') && { expectUser: undefined }),
    },
  };
}

/** @param token undefined where none goes along */
export function composeEnvironment(
  credentials: Credentials,
  { tenantId, userId }: Identity,
  token: string | undefined,
  { settings, world }: Context,
): Env {
  const { session, isReadOnly, lease } = credentials;
  const own: Env = {
    [MARK]: session ?? '-',
    KSCLI_SESSION: session,
    KSCLI_BASE_URL: settings.baseUrl,
    KSCLI_EXPECT_TENANT: tenantId,
    KSCLI_EXPECT_USER: userId,
    KSCLI_SESSION_EXPIRES_AT: lease?.until ?? (credentials.isLogin ? undefined : credentials.expiresAt),
    [TOKEN]: token,
    ...((isReadOnly || settings.readOnly) && { KSCLI_READ_ONLY: 'true' }),
  };
  const replaced = [...Object.keys(own), ...KEYS];
  const kept = Object.entries(world.env).filter(([name]) => !replaced.includes(nameOf(name, world)));
  return Object.fromEntries([...kept, ...Object.entries(own).filter(([, value]) => value !== undefined)]);
}

/** Windows takes names in any case. */
function nameOf(name: string, { platform }: World): string {
  return platform === 'win32' ? name.toUpperCase() : name;
}
