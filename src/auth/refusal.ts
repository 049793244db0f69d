// The failure for a 401: the server's words, and the command to run. Apart, since most commands meet none.

import type { Failure } from '../errors.ts';
import { describe } from '../http/answer.ts';
import type { Answer } from '../http/request.ts';
import { type Known, signInFailure } from './sign-in.ts';

/** For one that no renewal could mend. */
export function explainRefusal(answer: Answer, known: Known): Failure {
  const { detail, lines } = describe(answer);
  // On a line of its own: the first one is there to be pasted.
  const words = detail ? [`The server says: ${detail}`] : [];
  return signInFailure('session-expired', known, { lines: [...words, ...lines] });
}
