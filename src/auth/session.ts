// Session: requests with the credentials' proof, bound to their origin and to the expected identity. A request is repeated
// once where a 401 can be mended.

import type { Context } from '../context.ts';
import type { Failure } from '../errors.ts';
import { dataOf, failureOf } from '../http/answer.ts';
import { send as sendRequest } from '../http/client.ts';
import { explainUnknown, withFormer } from '../http/former.ts';
import { type Guard, requireAllowed } from '../http/read-only.ts';
import type { Answer, ApiRequest } from '../http/request.ts';
import type { Json } from '../json/value.ts';
import type { Authenticator } from './authenticator.ts';
import type { Credentials } from './credentials.ts';
import { requireExpected, requireExpectedClaims } from './expected.ts';
import type { Identity } from './identity.ts';
import { createImpersonation } from './impersonation.ts';
import { requireSameOrigin } from './origin.ts';
import { locateCredentials, type Place } from './place.ts';
import { nameFirst } from './sign-in.ts';
import { loadCredentials } from './store.ts';

export type Session = {
  /** undefined for the unnamed one. */
  readonly name: string | undefined;
  /** The same for the whole command, whatever other processes do to the file meanwhile. */
  readonly identity: Identity;
  readonly expiresAt: Authenticator['expiresAt'];
  /** Whether the session or a setting allows reading alone. */
  readonly isReadOnly: () => boolean;
  /** The data of a success. @throws Failure by status, 'answer' for what is not JSON, 'session-expired' for a final 401 */
  readonly json: (request: ApiRequest) => Promise<Json>;
  /** A success of any content. @throws Failure as `json` */
  readonly send: (request: ApiRequest) => Promise<Answer>;
  /** The answer to a failure too, beside the failure. */
  readonly ask: (request: ApiRequest) => Promise<Reply>;
};

export type Reply = { readonly answer: Answer; readonly failure: Failure | undefined };

/** @throws Failure 'not-authenticated' for no, unreadable or foreign credentials; as assumeUser where a refresh is refused */
export async function openSession(context: Context): Promise<Session> {
  const credentials = await loadSession(context);
  return createSession(createImpersonation(credentials, locateCredentials(context), context), context);
}

/** The credentials, checked as for a request. @throws Failure 'not-authenticated', 'wrong-identity', 'directory' */
export async function loadSession(context: Context): Promise<Credentials> {
  const credentials = await load(locateCredentials(context), context);
  requireExpected(credentials, context.settings);
  await requireExpectedClaims(credentials, context.settings);
  return credentials;
}

function createSession(authenticator: Authenticator, context: Context): Session {
  const ask = withFormer(async (request: ApiRequest): Promise<Reply> => {
    requireAllowed(request, describeGuard(authenticator, context));
    const proof = await authenticator.headers();
    const first = await sendRequest(request, proof, context);
    const other = first.status === 401 ? await authenticator.afterRefusal(proof) : undefined;
    const answer = other ? await sendRequest(request, other, context) : first;
    const failure = answer.status === 401 ? authenticator.explainRefusal(answer) : failureOf(answer);
    return { answer, failure: explainUnknown(answer, request) ?? failure };
  });
  const send = async (request: ApiRequest): Promise<Answer> => {
    const { answer, failure } = await ask(request);
    if (failure) throw failure;
    return answer;
  };
  const json = async (request: ApiRequest) => dataOf(await send(request));
  const isReadOnly = () => context.settings.readOnly || authenticator.isReadOnly();
  const { identity, expiresAt } = authenticator;
  return { name: context.settings.session, identity, expiresAt, isReadOnly, json, send, ask };
}

/** undefined where everything is allowed. */
function describeGuard({ isReadOnly }: Authenticator, { settings }: Context): Guard | undefined {
  const { session, readOnly } = settings;
  const sticky = `The session is only for reading, until ${session === undefined ? 'the next assume-user' : 'assume-user with --replace'}.`;
  const setting = 'The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.';
  const prefix = nameFirst(session, '');
  if (isReadOnly()) return { prefix, reason: sticky };
  return readOnly ? { prefix, reason: setting } : undefined;
}

async function load(place: Place, { world, log, conceal, settings }: Context): Promise<Credentials> {
  const warnings: string[] = [];
  const credentials = loadCredentials(place, world, (message) => warnings.push(message));
  for (const warning of warnings) await log.warn(warning);
  conceal(credentials.token);
  conceal(credentials.adminKey);
  requireSameOrigin(credentials, place.path, settings.baseUrl);
  return credentials;
}
