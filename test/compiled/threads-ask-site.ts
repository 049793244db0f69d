// A thread that is asked one question, and what the streams of its answer are.

import { finish, type Outcome } from '../binary.ts';
import { createThreadSite, keepAnswer, type ThreadSite, watchOutput } from './threads-site.ts';

export type AskSite = ThreadSite & {
  ask(...flags: string[]): Promise<Outcome>;
  /** Asks, and tells when so much text has been printed. */
  askUntil(text: string, seen: () => void): Promise<Outcome>;
  /** Answers of the stream, one a connection; the question has no answer but what the test keeps. */
  answerWith(...streams: (() => Response | Promise<Response>)[]): void;
};

/** Of a question that was answered. */
export const GOOD = { exit: 0, stdout: 'The answer is 42.\n', stderr: '' };

export async function createAskSite(): Promise<AskSite> {
  const site = await createThreadSite();
  const start = (...flags: string[]) => site.start(['threads', 'ask', site.thread, '--message', 'How many?', ...flags]);
  return {
    ...site,
    ask: (...flags) => finish(start(...flags)),
    askUntil: (text, seen) =>
      watchOutput(start(), (shown) => {
        if (shown === text) seen();
      }),
    answerWith: (...streams) => {
      let count = 0;
      site.backend.faults.set(site.routes.stream, () => {
        const stream = streams[Math.min(count++, streams.length - 1)];
        return stream ? stream() : new Response(null, { status: 204 });
      });
      site.backend.faults.set(site.routes.message, () => {
        keepAnswer(site, 'The answer is 42.');
        return Response.json({ workflow_id: 'answer-0' }, { status: 202 });
      });
    },
  };
}
