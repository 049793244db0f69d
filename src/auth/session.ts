// Session: requests with the credentials' proof, bound to their origin and to the expected identity. A request is repeated
// once where a 401 can be mended.

import type { Context } from '../context.ts';
import type { Failure } from '../errors.ts';
import { dataOf, failureOf } from '../http/answer.ts';
import { send as sendRequest } from '../http/client.ts';
import { explainUnknown, isRoutersOwn, withFormer } from '../http/former.ts';
import { requirePassing } from '../http/lasting.ts';
import { type Guard, requireAllowed } from '../http/read-only.ts';
import type { Answer, ApiRequest } from '../http/request.ts';
import type { Opened } from '../http/stream.ts';
import { orRefused } from '../journal/policy.ts';
import type { Json } from '../json/value.ts';
import type { Authenticator } from './authenticator.ts';
import { type Credentials, listSecrets } from './credentials.ts';
import { isPinned, requireExpected, requireExpectedKept } from './expected.ts';
import { type Identity, isIdentified } from './identity.ts';
import { createImpersonation } from './impersonation.ts';
import { asJournalled, checkNoted } from './journalled.ts';
import { isNearEnd } from './lease.ts';
import { type Stop, underLease, warnNearEnd, watchLease } from './lease-end.ts';
import { requireSameOrigin, toOwnOrigin } from './origin.ts';
import { locateCredentials, type Place } from './place.ts';
import { nameFirst, nameSignIn } from './sign-in.ts';
import { loadCredentials } from './store.ts';

export type Session = {
  /** undefined for the unnamed one. */
  readonly name: string | undefined;
  /** All its requests go there. */
  readonly baseUrl: string;
  /** The same for the whole command, whatever other processes do to the file meanwhile. */
  readonly known: Authenticator['known'];
  readonly identity: Authenticator['identity'];
  readonly expiresAt: Authenticator['expiresAt'];
  readonly lease: Authenticator['lease'];
  /** Whether the session or a setting allows reading alone. */
  readonly isReadOnly: () => boolean;
  readonly isJournalled: boolean;
  /** Before a question about it; sending asks again. @throws Failure 'refused' where only reading is allowed, or it would outlive the session */
  readonly requireAllowed: (request: ApiRequest) => Promise<void>;
  /** The data of a success. @throws Failure by status, 'answer' for what is not JSON, 'session-expired' for a final 401 */
  readonly json: (request: ApiRequest) => Promise<Json>;
  /** A success of any content. @throws Failure as `json` */
  readonly send: (request: ApiRequest) => Promise<Answer>;
  /** The answer to a failure too, beside the failure. */
  readonly ask: (request: ApiRequest) => Promise<Reply>;
  /** A success whose contents come piece by piece. @throws Failure as `send`, also in the middle */
  readonly stream: (request: ApiRequest) => Promise<Opened>;
};

const ANSWERS = new WeakSet<Failure>();

/** Whether the API said so of what was asked for, and not its router, nor anybody while the session signed in. */
export function isAnswer(failure: Failure): boolean {
  return ANSWERS.has(failure);
}

/** What follows from what the API said. */
export function asAnswer(failure: Failure): Failure {
  ANSWERS.add(failure);
  return failure;
}

export type Reply = { readonly answer: Answer; readonly failure: Failure | undefined };

/** @throws Failure 'not-authenticated' for no, unreadable or foreign credentials; as assumeUser where a refresh is refused */
export async function openSession(outer: Context): Promise<Session> {
  const { credentials, place, context } = await loadSession(outer);
  if (!credentials.isLogin) return createSession(createImpersonation(credentials, place, context), place, context);
  // Loaded when needed: most sessions have a token.
  const { createKeyAuthenticator } = await import('./api-key.ts');
  return createSession(createKeyAuthenticator(credentials, context), place, context);
}

/** @property context with the base URL that they are for, and with their journal */
export type LoadedSession = { readonly credentials: Credentials; readonly place: Place; readonly context: Context };

/** The credentials, checked as for a request. @throws Failure 'not-authenticated', 'lease-ended', 'wrong-identity', 'directory' */
export async function loadSession(outer: Context): Promise<LoadedSession> {
  const place = locateCredentials(outer);
  const credentials = await load(place, outer);
  const context = asJournalled(credentials, toOwnOrigin(credentials, place, outer));
  const { settings, journal } = context;
  requireSameOrigin(credentials, place.path, settings.baseUrl);
  await orRefused(journal, undefined, () => requireExpectedKept(credentials, settings));
  await warnNearEnd(credentials, context);
  if (isIdentified(credentials) || !(isPinned(settings) || journal)) return { credentials, place, context };
  const identified = { ...credentials, ...(await identifySession(credentials, context)) };
  const known = asJournalled(identified, context);
  await orRefused(known.journal, undefined, () => requireExpected(identified, settings, ONLY_ASKED));
  return { credentials: identified, place, context: known };
}

const ONLY_ASKED = 'Nothing was sent but the question whose key it is.';

/** The identity that acts: asked of the server where the file does not tell. @throws Failure as a request */
export async function identifySession(credentials: Credentials, context: Context): Promise<Identity> {
  if (!credentials.isLogin) return credentials;
  const { identify } = await import('./api-key.ts');
  return identify(credentials, context);
}

function createSession(authenticator: Authenticator, place: Place, context: Context): Session {
  const guard = guardByLease(authenticator, place, context);
  const { session: name, baseUrl } = context.settings;
  const exchange = async (request: ApiRequest, stop: Stop): Promise<Answer> => {
    const proof = await authenticator.headers();
    const first = await sendRequest(request, proof, context, stop);
    const other = first.status === 401 ? await authenticator.afterRefusal(proof) : undefined;
    return other ? sendRequest(request, other, context, stop) : first;
  };
  const requireAllowedHere = (request: ApiRequest) =>
    checkNoted(request, context, () => {
      requireAllowed(request, describeGuard(authenticator, context));
      if (!authenticator.isLogin) requirePassing(request, baseUrl, nameFirst(name, ''));
    });
  const ask = withFormer(async (request: ApiRequest): Promise<Reply> => {
    await requireAllowedHere(request);
    // Loaded when needed: few commands send files.
    if (request.form) (await import('./own-files.ts')).requireNoOwnFile(request, context);
    const answer = await guard((stop) => exchange(request, stop));
    const failure = answer.status === 401 ? authenticator.explainRefusal(answer) : failureOf(answer);
    const unknown = explainUnknown(answer, request);
    if (failure && !isRoutersOwn(answer)) ANSWERS.add(failure);
    return { answer, failure: unknown ?? failure };
  });
  const stream = (request: ApiRequest) =>
    guard(async (stop) => {
      // Loaded when needed: no other command reads a stream.
      const { openProven } = await import('./stream.ts');
      return openProven(request, stop, authenticator, context);
    });
  const send = async (request: ApiRequest): Promise<Answer> => {
    const { answer, failure } = await ask(request);
    if (failure) throw failure;
    return answer;
  };
  const json = async (request: ApiRequest) => dataOf(await send(request));
  const isReadOnly = () => context.settings.readOnly || authenticator.isReadOnly();
  const { known, expiresAt, lease } = authenticator;
  const identity = () => guard(authenticator.identity);
  return {
    name,
    baseUrl,
    isJournalled: context.journal !== undefined,
    known,
    identity,
    expiresAt,
    lease,
    isReadOnly,
    requireAllowed: requireAllowedHere,
    json,
    send,
    ask,
    stream,
  };
}

/** Work that asks the server for something, never once the lease is over. */
type Guarded = <T>(work: (stop: Stop) => Promise<T>) => Promise<T>;

function guardByLease({ known, isLogin, lease }: Authenticator, place: Place, context: Context): Guarded {
  const { world } = context;
  const subject = () => ({ session: place.session, isLogin, ...known, lease: lease() });
  const stop = watchLease(subject, context);
  // Told already where the session was loaded.
  let isWarned = isNearEnd(lease(), world.now() / 1000);
  const begin = async <T>(work: (stop: Stop) => Promise<T>): Promise<T> => {
    const ended = stop();
    if (ended) throw ended;
    if (!isWarned) isWarned = await warnNearEnd(subject(), context);
    // A new token may be somebody else's.
    return orRefused(context.journal, undefined, () => work(stop));
  };
  return (work) => underLease(place, context, () => begin(work), lease);
}

/** undefined where everything is allowed. */
function describeGuard({ isReadOnly, isLogin }: Authenticator, { settings }: Context): Guard | undefined {
  const { session, readOnly } = settings;
  const command = nameSignIn(isLogin);
  const sticky = `The session is only for reading, until ${session === undefined ? `the next ${command}` : `${command} with --replace`}.`;
  const setting = 'The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.';
  const prefix = nameFirst(session, '');
  if (isReadOnly()) return { prefix, reason: sticky };
  return readOnly ? { prefix, reason: setting } : undefined;
}

async function load(place: Place, context: Context): Promise<Credentials> {
  const { world, log, conceal } = context;
  const warnings: string[] = [];
  const read = () => loadCredentials(place, world, (message) => warnings.push(message));
  const credentials = await underLease(place, context, read);
  for (const warning of warnings) await log.warn(warning);
  for (const secret of listSecrets(credentials)) conceal(secret);
  return credentials;
}
