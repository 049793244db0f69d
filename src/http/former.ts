// Two generations of servers: where one does not know a request, the request that older ones knew in its place.

import { Failure } from '../errors.ts';
import { tryParseJson } from '../json/parse.ts';
import { asRecord, isObject } from '../json/value.ts';
import { bodyText } from './answer.ts';
import type { Answer, ApiRequest } from './request.ts';

type Asking<R> = (request: ApiRequest) => Promise<R>;

/** Remembers, as long as it lives, which requests this server does not know: from then on the former ones go at once. */
export function withFormer<R extends { readonly answer: Answer }>(ask: Asking<R>): Asking<R> {
  const unknown = new Set<string>();
  return async (request) => {
    const { former, ...described } = request;
    if (former === undefined) return ask(request);
    const { row, method, path } = former;
    if (unknown.has(row)) return ask({ ...described, method, path });
    const first = await ask(described);
    if (!isUnknown(first.answer, former.isReadAsId)) return first;
    const second = await ask({ ...described, method, path });
    // That one is as unknown: the answer to the described request tells more.
    if (isRoutersOwn(second.answer)) return first;
    unknown.add(row);
    return second;
  };
}

/** The failure for a request that only older servers know; undefined where this one does. */
export function explainUnknown(answer: Answer, { unknownMessage }: ApiRequest): Failure | undefined {
  return unknownMessage && isRoutersOwn(answer) ? new Failure('not-found', unknownMessage) : undefined;
}

/** @param isReadAsId an older server may take the end of the path for an id: then it finds none, or refuses its form */
function isUnknown(answer: Answer, isReadAsId: boolean | undefined): boolean {
  if (isRoutersOwn(answer)) return true;
  return isReadAsId === true && (answer.status === 404 || (answer.status === 422 && refusesPath(answer)));
}

/** FastAPI's router, which has no such path or method. A 404 of the API itself says more, or something else. */
export function isRoutersOwn(answer: Answer): boolean {
  if (answer.status !== 404) return answer.status === 405;
  const body = tryParseJson(bodyText(answer));
  return isObject(body) && Object.keys(body).length === 1 && body['detail'] === 'Not Found';
}

function refusesPath(answer: Answer): boolean {
  const { detail } = asRecord(tryParseJson(bodyText(answer)));
  return Array.isArray(detail) && detail.some((entry) => [asRecord(entry)['loc']].flat()[0] === 'path');
}
