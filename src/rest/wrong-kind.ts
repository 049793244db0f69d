// A session that tells, where the server does not find a thing, that a typed id is another thing's.

import { isAnswer, type Session } from '../auth/session.ts';
import { Failure } from '../errors.ts';
import { type ApiRequest, encodeTarget } from '../http/request.ts';
import type { TypedId } from '../places/wrong-kind.ts';
import type { Operation } from '../schema/operations.ts';
import { listPlaces, type Resolved } from './paths.ts';

/** What was a path has told its kind already. */
export function tellWrongKinds(operation: Operation, { typed, paths }: Resolved, session: Session): Session {
  const ids = listPlaces(operation).flatMap(([key, { of: kind }]): TypedId[] => {
    const id = typed[key];
    return typeof id === 'string' && paths[key] === undefined ? [{ id, kind }] : [];
  });
  return tellWrongIds(ids, session);
}

export function tellWrongIds(ids: readonly TypedId[], session: Session): Session {
  if (ids.length === 0) return session;
  const explain = async (error: unknown, request: ApiRequest): Promise<never> => {
    const isMissing = error instanceof Failure && error.kind === 'not-found' && isAnswer(error);
    const sent = isMissing ? ids.filter(({ id }) => listTexts(request).some((text) => text.includes(id))) : [];
    if (isMissing && sent.length > 0) {
      const { explainIds } = await import('../places/wrong-kind.ts');
      error.lines.push(...(await explainIds(sent, session.json)));
    }
    throw error;
  };
  return {
    ...session,
    json: (request) => session.json(request).catch((error) => explain(error, request)),
    send: (request) => session.send(request).catch((error) => explain(error, request)),
  };
}

function listTexts(request: ApiRequest): string[] {
  const { body = {}, form = [] } = request;
  return [encodeTarget(request), JSON.stringify(body), ...form.map((part) => ('value' in part ? part.value : ''))];
}
