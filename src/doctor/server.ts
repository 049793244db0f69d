// doctor's checks of the server: whether it takes the admin key and the token, and its clock.

import type { FoundKey } from '../auth/admin-key.ts';
import { findAdminKey } from '../auth/admin-key.ts';
import type { Proof } from '../auth/authenticator.ts';
import type { Credentials, TokenCredentials } from '../auth/credentials.ts';
import { isDue } from '../auth/due.ts';
import { toCookie } from '../auth/impersonation.ts';
import type { Place } from '../auth/place.ts';
import { exchangeAgain, refresh } from '../auth/refresh.ts';
import { signInAdvice } from '../auth/sign-in.ts';
import type { Context } from '../context.ts';
import { Failure, type FailureKind } from '../errors.ts';
import { send } from '../http/client.ts';
import type { Answer } from '../http/request.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';
import { type Deadline, hurry } from './deadline.ts';

/** @property place where they are kept */
export type SignIn = { readonly credentials: Credentials; readonly place: Place };

type TokenSignIn = SignIn & { readonly credentials: TokenCredentials };

/** At most one request for a token, which is kept only where the old one was due. @param signIn undefined where nothing may be sent with it */
export async function checkServer(
  signIn: TokenSignIn | undefined,
  deadline: Deadline,
  context: Context,
): Promise<readonly Check[]> {
  if (signIn === undefined) {
    const answer = await ask({}, hurry(context, deadline));
    return [skipped('admin key', NOBODY), ...judgeAnswer(answer, skipped('token', NOBODY), context)];
  }
  const isRenewed = await isDue(signIn.credentials, context.world.now());
  const { check: key, fresh } = await tryKey(signIn, isRenewed, hurry(context, deadline));
  const used = isRenewed ? fresh : signIn.credentials;
  const answer = await ask(prove(used), hurry(context, deadline));
  const retry = async () => (fresh && fresh !== used ? ask(prove(fresh), hurry(context, deadline)) : undefined);
  const token = used
    ? await judgeToken(answer, retry, used.session)
    : skipped('token', 'not tried: none that is valid');
  return [key, ...judgeAnswer(answer, token, context)];
}

const NOBODY = 'not tried: nobody is signed in';

/** @property fresh what the key was exchanged for */
type TriedKey = { readonly check: Check; readonly fresh?: TokenCredentials };

async function tryKey({ credentials, place }: TokenSignIn, isRenewed: boolean, context: Context): Promise<TriedKey> {
  const name = 'admin key';
  try {
    const key: FoundKey | string | undefined = credentials.adminKey ?? (await findAdminKey(context));
    if (key === undefined) return { check: missingKey(credentials, isRenewed) };
    const exchange = isRenewed ? refresh : exchangeAgain;
    const fresh = await exchange(credentials, place, context);
    return { check: ok(name, isRenewed ? 'accepted, and the token renewed' : 'accepted'), fresh };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message, lines, kind } = error;
    const remedy = KEY_REMEDIES[kind] ?? 'Ask the operators of the server.';
    return {
      check: failed(name, [message, ...lines].join('\n'), remedy.replace('SIGN_IN', signInAdvice(credentials))),
    };
  }
}

const KEY_REMEDIES: Partial<Readonly<Record<FailureKind, string>>> = {
  'key-rejected': 'Set the right key in ADMIN_API_KEY. SIGN_IN',
  'permission-denied': 'Set the right key in ADMIN_API_KEY. SIGN_IN',
  'not-found': 'The server does not know the user or the tenant: sign in as another user.',
  settings: 'Correct what is named here.',
  'lease-ended': 'Sign in anew, with the command in the message.',
  network: 'Try again; if it stays so, ask the operators of the server.',
};

function missingKey(credentials: Credentials, isRenewed: boolean): Check {
  const detail = 'none is cached, and ADMIN_API_KEY is not set';
  const remedy = `Set ADMIN_API_KEY. ${signInAdvice(credentials)}`;
  if (isRenewed) return failed('admin key', `${detail}: the token that is due cannot be renewed`, remedy);
  return warning('admin key', `${detail}: commands fail once the token ends`, 'Set ADMIN_API_KEY before that.');
}

function prove(credentials: TokenCredentials | undefined): Proof {
  return credentials ? toCookie(credentials) : {};
}

/** One request, with the proof where there is one. */
export async function ask(proof: Proof, context: Context): Promise<Answer | Failure> {
  try {
    return await send({ method: 'GET', path: '/v1/users/me' }, proof, context);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

export function judgeAnswer(answer: Answer | Failure, token: Check, context: Context): Check[] {
  if (!(answer instanceof Failure)) return [checkClock(answer, context), token];
  const { message, lines } = answer;
  return [
    skipped('clock', 'no answer to compare with'),
    failed('request', [message, ...lines].join('\n'), 'Try again; if it stays so, ask the operators of the server.'),
  ];
}

const LARGEST_DIFFERENCE = 60;

function checkClock({ headers }: Answer, { world }: Context): Check {
  const server = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(server)) return skipped('clock', 'the server does not tell its time');
  const difference = Math.round((world.now() - server) / 1000);
  const detail = `${Math.abs(difference)} seconds ${difference < 0 ? 'behind' : 'ahead of'} the server`;
  if (Math.abs(difference) <= LARGEST_DIFFERENCE) return ok('clock', detail);
  return failed('clock', detail, "Set this machine's clock: tokens and certificates depend on it.");
}

/** @param retry with another token, as commands do it; undefined where there is no other */
async function judgeToken(
  answer: Answer | Failure,
  retry: () => Promise<Answer | Failure | undefined>,
  session: string | undefined,
): Promise<Check> {
  // Told as a request that failed.
  if (answer instanceof Failure) return skipped('token', 'no answer');
  const { status } = answer;
  if (isSuccess(answer)) return ok('token', 'accepted');
  if (status !== 401) return failed('token', `the server answers ${status}`, 'Ask the operators of the server.');
  const second = await retry();
  if (second && isSuccess(second))
    return warning('token', 'refused (401), but the admin key gives another', 'Nothing: the next command renews it.');
  const named = session === undefined ? '' : ` --session ${session}`;
  return failed('token', 'refused (401): revoked, or signed by another server', `Run kscli assume-user${named} again.`);
}

export function isSuccess(answer: Answer | Failure): boolean {
  return !(answer instanceof Failure) && answer.status >= 200 && answer.status < 300;
}
