// The API key Authenticator: a user's own key, carried as a bearer token (RFC 6750). It has no end, and nobody renews it.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { dataOf, failureOf } from '../http/answer.ts';
import { send } from '../http/client.ts';
import type { Answer, ApiRequest } from '../http/request.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import { canonicalUuid } from '../schema/uuid.ts';
import type { Authenticator, Proof } from './authenticator.ts';
import type { KeyCredentials } from './credentials.ts';
import { type Identity, isIdentified } from './identity.ts';
import { explainRefusal } from './refusal.ts';

const ME: ApiRequest = { method: 'GET', path: '/v1/users/me' };

export function createKeyAuthenticator(credentials: KeyCredentials, context: Context): Authenticator {
  const { tenantId, userId } = credentials;
  const proof = toBearer(credentials);
  let asked: Promise<Identity> | undefined;
  return {
    isLogin: true,
    known: { tenantId, userId },
    identity: () => {
      asked ??= identify(credentials, context);
      return asked;
    },
    headers: async () => proof,
    afterRefusal: async () => undefined,
    explainRefusal: (answer) => explainRefusal(answer, credentials),
    expiresAt: () => undefined,
    isReadOnly: () => credentials.isReadOnly,
    lease: () => credentials.lease,
  };
}

/** The one place that knows the header of a key. */
export function toBearer({ apiKey }: Pick<KeyCredentials, 'apiKey'>): Proof {
  return { Authorization: `Bearer ${apiKey}` };
}

/** The user whose key it is: by the file, or else by the server. @throws Failure as `askIdentity`, 'session-expired' for a 401 */
export async function identify(credentials: KeyCredentials, context: Context): Promise<Identity> {
  if (isIdentified(credentials)) return credentials;
  return askIdentity(credentials, context, (answer) => explainRefusal(answer, credentials));
}

/**
 * GET /v1/users/me.
 * @param explain the failure for a 401 @throws Failure by status, and as `readIdentity`
 */
export async function askIdentity(
  key: Pick<KeyCredentials, 'apiKey'>,
  context: Context,
  explain: (answer: Answer) => Failure,
): Promise<Identity> {
  const answer = await send(ME, toBearer(key), context);
  const failure = answer.status === 401 ? explain(answer) : failureOf(answer);
  if (failure) throw failure;
  return readIdentity(answer);
}

/** @throws Failure 'answer' where the server does not tell */
export function readIdentity(answer: Answer): Identity {
  const { id, current_tenant_id } = asRecord(dataOf(answer));
  const userId = canonicalUuid(nonEmptyString(id) ?? '');
  const tenantId = canonicalUuid(nonEmptyString(current_tenant_id) ?? '');
  if (userId !== undefined && tenantId !== undefined) return { userId, tenantId };
  throw new Failure('answer', 'The server did not tell whose key this is: no usable id and current_tenant_id');
}
