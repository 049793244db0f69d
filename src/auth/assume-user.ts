// The exchange: admin key in, JWT of one user in one tenant out.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { dataOf, describe, failureOf } from '../http/answer.ts';
import { send } from '../http/client.ts';
import type { Answer, ApiRequest } from '../http/request.ts';
import { isObject, nonEmptyString } from '../json/value.ts';
import type { FoundKey } from './admin-key.ts';
import { listForeignClaims } from './claims.ts';
import type { TokenCredentials } from './credentials.ts';
import type { Identity } from './identity.ts';
import { nameFirst } from './sign-in.ts';
import { formatTime } from './time.ts';
import { readLifetime } from './token.ts';

/** What is wanted, and for which session. */
type Subject = Identity & Pick<TokenCredentials, 'session' | 'isReadOnly' | 'lease'>;

/**
 * POST /v1/auth/assume_user. Nothing is written.
 * @throws Failure 'key-rejected' for a 401, by status otherwise; 'answer' for a token that cannot be used
 */
export async function assumeUser(
  subject: Subject,
  adminKey: FoundKey,
  event: ApiRequest['event'] & string,
  context: Context,
): Promise<TokenCredentials> {
  const { conceal, settings } = context;
  const { userId, tenantId, session, isReadOnly, lease } = subject;
  const body = { tenant_id: tenantId, user_id: userId };
  const answer = await send(
    { method: 'POST', path: '/v1/auth/assume_user', body, isSafe: true, event },
    { 'X-Admin-Api-Key': adminKey.value },
    context,
  );
  const failure = findRefusal(answer, adminKey);
  if (failure) throw failure;

  const { token, expires } = readToken(answer);
  conceal(token);
  await judgeClaims({ ...subject, token }, context);
  await warnIfExpired(expires, answer.headers.get('date'), context);
  return {
    session,
    isLogin: false,
    token,
    userId,
    tenantId,
    expiresAt: formatTime(expires),
    adminKey: settings.storeAdminKey ? adminKey.value : undefined,
    baseUrl: settings.baseUrl,
    isReadOnly,
    lease,
  };
}

/** A named session is never somebody else's. @throws Failure 'wrong-identity' */
async function judgeClaims(subject: Subject & { readonly token: string }, { log }: Context): Promise<void> {
  const foreign = listForeignClaims(subject);
  if (foreign.length > 0 && subject.session !== undefined)
    throw new Failure('wrong-identity', nameFirst(subject.session, foreign.join(' ')), {
      lines: ['The server gave another token than it was asked for. Nothing was written.'],
    });
  for (const line of foreign) await log.warn(line);
}

/** With a line that says which key it was: there may be several. */
function findRefusal(answer: Answer, { source }: FoundKey): Failure | undefined {
  const origin = `The key is the one from ${source.name}.`;
  if (answer.status === 401) {
    const { detail, lines } = describe(answer);
    const advice = 'Check it and the base URL (kscli settings show).';
    return new Failure('key-rejected', detail, { lines: [...lines, `${origin} ${advice}`] });
  }
  const failure = failureOf(answer);
  if (failure?.kind === 'permission-denied') failure.lines.push(origin);
  return failure;
}

function readToken(answer: Answer): { token: string; expires: number } {
  const data = dataOf(answer);
  const token = isObject(data) ? nonEmptyString(data['token']) : undefined;
  if (token === undefined) throw new Failure('answer', 'The server answered without a token');
  const expires = /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token) ? readLifetime(token)?.expires : undefined;
  if (expires === undefined) throw new Failure('answer', "The server's token is no JWT with a usable expiry (exp)");
  return { token, expires };
}

/** Such a token is used as it is: asking again would give another one like it. */
async function warnIfExpired(expires: number, date: string | null, { world, log }: Context): Promise<void> {
  const now = world.now() / 1000;
  if (expires > now) return;
  const difference = date === null ? Number.NaN : Math.round(now - Date.parse(date) / 1000);
  const clocks = Number.isNaN(difference)
    ? "The server did not tell its time; check this machine's clock."
    : `This machine's clock is ${Math.abs(difference)} seconds ${difference < 0 ? 'behind' : 'ahead of'} the server's.`;
  await log.warn(`The token had already expired at ${formatTime(expires)} when it arrived. ${clocks}`);
}
