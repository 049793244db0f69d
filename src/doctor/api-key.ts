// doctor's check of an API key: whether the server takes it, and whose it is.

import { readIdentity, toBearer } from '../auth/api-key.ts';
import type { KeyCredentials } from '../auth/credentials.ts';
import { requireExpected } from '../auth/expected.ts';
import { signInAdvice } from '../auth/sign-in.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { Answer } from '../http/request.ts';
import { type Check, failed, ok, skipped } from './check.ts';
import { ask, isSuccess, judgeAnswer } from './server.ts';

const NAME = 'API key';

export async function checkApiKey(credentials: KeyCredentials, context: Context): Promise<readonly Check[]> {
  const answer = await ask(toBearer(credentials), context);
  const unused = skipped('admin key', 'not needed: signed in with an API key');
  return [unused, ...judgeAnswer(answer, judgeKey(answer, credentials, context), context)];
}

function judgeKey(answer: Answer | Failure, credentials: KeyCredentials, context: Context): Check {
  // Told as a request that failed.
  if (answer instanceof Failure) return skipped(NAME, 'no answer');
  if (isSuccess(answer)) return judgeOwner(answer, credentials, context);
  const { status } = answer;
  if (status !== 401) return failed(NAME, `the server answers ${status}`, 'Ask the operators of the server.');
  return failed(NAME, 'refused (401): deleted, or of another server', signInAdvice(credentials));
}

/** A key cannot tell whose it is, so the server's word counts. */
function judgeOwner(answer: Answer, credentials: KeyCredentials, { settings }: Context): Check {
  const { session, userId, tenantId } = credentials;
  const kept = { expectUser: userId, expectTenant: tenantId };
  try {
    const owner = { session, isLogin: true, ...readIdentity(answer) };
    for (const expectations of [settings, kept]) requireExpected(owner, expectations, '');
    return ok(NAME, 'accepted');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return failed(NAME, error.message, signInAdvice(credentials));
  }
}
