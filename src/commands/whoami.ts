// kscli whoami: the identity as the server sees it, and until when.

import { openSession } from '../auth/session.ts';
import { defineCommand } from '../command/command.ts';
import { Failure } from '../errors.ts';
import { dataOf } from '../http/answer.ts';
import { isObject, withFields } from '../json.ts';

export const whoami = defineCommand({
  options: {},
  arguments: {},
  examples: ['kscli whoami', 'kscli whoami --format json'],
  run: async (_input, context) => {
    const session = await openSession(context);
    const answer = await session.send({ method: 'GET', path: '/v1/users/me' });
    const user = dataOf(answer, context.secrets);
    if (!isObject(user)) throw new Failure('answer', 'The server did not answer with a user');
    const { tenantId, expiresAt } = session.identity();
    return { data: withFields(user, { tenant_id: tenantId, expires_at: expiresAt }) };
  },
});
