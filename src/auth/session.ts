// A valid token whenever one is needed: loaded, bound to its origin, refreshed when due, and once more on a 401.

import type { Context } from '../context.ts';
import type { Failure } from '../errors.ts';
import { describe, failureOf } from '../http/answer.ts';
import { send as sendRequest } from '../http/client.ts';
import { requireAllowed } from '../http/read-only.ts';
import type { Answer, ApiRequest } from '../http/request.ts';
import type { Credentials } from './credentials.ts';
import { requireExpected } from './expected.ts';
import type { Identity } from './identity.ts';
import { isForeign } from './refresh.ts';
import { signInFailure } from './sign-in.ts';
import { credentialsFile, loadCredentials } from './store.ts';
import { createRenewal } from './token-source.ts';

export type Session = {
  /** Who acts: the same for the whole command, whatever others do to the file meanwhile. */
  readonly identity: Identity;
  /** Of the token, as in the file. */
  readonly expiresAt: () => string;
  /** @throws Failure by status, 'session-expired' for a 401 that a new token did not mend */
  readonly send: (request: ApiRequest) => Promise<Answer>;
  /** As `send`, for one who wants to see the answer to a failure too. */
  readonly ask: (request: ApiRequest) => Promise<Reply>;
};

export type Reply = { readonly answer: Answer; readonly failure: Failure | undefined };

/** @throws Failure 'not-authenticated' for no, unreadable or foreign credentials; as assumeUser where a refresh is refused */
export async function openSession(context: Context): Promise<Session> {
  const path = credentialsFile(context.settings.credentialsPath);
  const loaded = await load(path, context);
  requireExpected(loaded, context.settings);
  const renewal = createRenewal(loaded, path, context);

  const ask = async (request: ApiRequest): Promise<Reply> => {
    requireAllowed(request, context.settings);
    const used = await renewal.fresh();
    const first = await sendAs(used, request, context);
    const other = first.status === 401 ? await renewal.replace(used) : undefined;
    const answer = other ? await sendAs(other, request, context) : first;
    return { answer, failure: judge(answer, renewal.current(), context) };
  };
  const send = async (request: ApiRequest): Promise<Answer> => {
    const { answer, failure } = await ask(request);
    if (failure) throw failure;
    return answer;
  };
  const { userId, tenantId } = loaded;
  return { identity: { userId, tenantId }, expiresAt: () => renewal.current().expiresAt, ask, send };
}

function judge(answer: Answer, credentials: Credentials, context: Context): Failure | undefined {
  return answer.status === 401 ? sessionExpired(answer, credentials, context) : failureOf(answer, context.secrets);
}

async function load(path: string, context: Context): Promise<Credentials> {
  const warnings: string[] = [];
  const credentials = loadCredentials(path, context.world, (message) => warnings.push(message));
  for (const warning of warnings) await context.log.warn(warning);
  context.secrets.add(credentials.token);
  context.secrets.add(credentials.adminKey);
  requireSameOrigin(credentials, path, context);
  return credentials;
}

/** The token and the key go to the place that they are for, whatever the settings say by now. */
function requireSameOrigin(credentials: Credentials, path: string, { settings }: Context): void {
  if (!isForeign(credentials, settings.baseUrl)) return;
  throw signInFailure('not-authenticated', credentials, {
    lines: [
      `The credentials in ${path} are for ${credentials.baseUrl}, but the base URL is ${settings.baseUrl}.`,
      'Run the command above to act there, or set the base URL back. Nothing was sent.',
    ],
  });
}

function sendAs({ token }: Credentials, request: ApiRequest, context: Context): Promise<Answer> {
  return sendRequest(request, { cookie: `ks_uat=${token}` }, context);
}

function sessionExpired(answer: Answer, credentials: Credentials, { secrets }: Context): Failure {
  const { detail, lines } = describe(answer, secrets);
  // On a line of its own: the first one is there to be pasted.
  return signInFailure('session-expired', credentials, {
    lines: [...(detail ? [`The server says: ${detail}`] : []), ...lines],
  });
}
