// Session: requests with the credentials' proof, bound to their origin and to the expected identity. A request is repeated
// once where a 401 can be mended.

import type { Context } from '../context.ts';
import type { Failure } from '../errors.ts';
import { dataOf, failureOf } from '../http/answer.ts';
import { send as sendRequest } from '../http/client.ts';
import { requireAllowed } from '../http/read-only.ts';
import type { Answer, ApiRequest } from '../http/request.ts';
import type { Json } from '../json/value.ts';
import type { Authenticator } from './authenticator.ts';
import type { Credentials } from './credentials.ts';
import { requireExpected, requireExpectedClaims } from './expected.ts';
import type { Identity } from './identity.ts';
import { createImpersonation } from './impersonation.ts';
import { requireSameOrigin } from './origin.ts';
import { credentialsFile, loadCredentials } from './store.ts';

export type Session = {
  /** The same for the whole command, whatever other processes do to the file meanwhile. */
  readonly identity: Identity;
  readonly expiresAt: Authenticator['expiresAt'];
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
  const path = credentialsFile(context.settings.credentialsPath, context.world.platform);
  const credentials = await load(path, context);
  requireExpected(credentials, context.settings);
  await requireExpectedClaims(credentials, context.settings);
  return createSession(createImpersonation(credentials, path, context), context);
}

function createSession(authenticator: Authenticator, context: Context): Session {
  const ask = async (request: ApiRequest): Promise<Reply> => {
    requireAllowed(request, context.settings);
    const proof = await authenticator.headers();
    const first = await sendRequest(request, proof, context);
    const other = first.status === 401 ? await authenticator.afterRefusal(proof) : undefined;
    const answer = other ? await sendRequest(request, other, context) : first;
    return { answer, failure: answer.status === 401 ? authenticator.explainRefusal(answer) : failureOf(answer) };
  };
  const send = async (request: ApiRequest): Promise<Answer> => {
    const { answer, failure } = await ask(request);
    if (failure) throw failure;
    return answer;
  };
  const json = async (request: ApiRequest) => dataOf(await send(request));
  return { identity: authenticator.identity, expiresAt: authenticator.expiresAt, json, send, ask };
}

async function load(path: string, { world, log, conceal, settings }: Context): Promise<Credentials> {
  const warnings: string[] = [];
  const credentials = loadCredentials(path, world, (message) => warnings.push(message));
  for (const warning of warnings) await log.warn(warning);
  conceal(credentials.token);
  conceal(credentials.adminKey);
  requireSameOrigin(credentials, path, settings.baseUrl);
  return credentials;
}
