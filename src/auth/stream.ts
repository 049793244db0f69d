// A stream with the credentials' proof: refused once, it is opened again with other proof, as any request is sent again.

import type { Context } from '../context.ts';
import { failureOf } from '../http/answer.ts';
import type { Stop } from '../http/client.ts';
import type { ApiRequest } from '../http/request.ts';
import { type Opened, openStream } from '../http/stream.ts';
import type { Authenticator } from './authenticator.ts';

/** @param stop asked before each piece @throws Failure by status, 'session-expired' for a final 401 */
export async function openProven(
  request: ApiRequest,
  stop: Stop,
  authenticator: Authenticator,
  context: Context,
): Promise<Opened> {
  const proof = await authenticator.headers();
  const first = await openStream({ request, headers: proof, stop }, context);
  const other = first.status === 401 ? await authenticator.afterRefusal(proof) : undefined;
  const opened = other ? await openStream({ request, headers: other, stop }, context) : first;
  const failure = opened.status === 401 ? authenticator.explainRefusal(opened) : failureOf(opened);
  if (failure) throw failure;
  return opened;
}
