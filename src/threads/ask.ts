// A question to a thread: sent once and never twice, its events as they come, and the answer that the thread keeps of it.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { ServerEvent } from '../http/events.ts';
import { type ApiRequest, encodeSegment } from '../http/request.ts';
import { asRecord, type Json, nonEmptyString } from '../json/value.ts';
import { LIVE_STATUS } from '../resources/workflows.ts';
import { toRequest } from '../rest/request.ts';
import { type Before, findAnswer, readBefore, type ThreadAnswer } from './answer.ts';
import { streamThread, type ThreadStream } from './stream.ts';

export type Conversation = {
  readonly workflow: string | undefined;
  /** Until the stream ends, or the workflow that answers. @throws Failure 'time-over', and as a stream */
  readonly events: AsyncGenerator<ServerEvent>;
  /** Whether no event is missing so far. */
  readonly isWhole: () => boolean;
  /** Once the events have ended. @throws Failure 'time-over', 'workflow' where it ended without one */
  readonly answer: () => Promise<ThreadAnswer>;
};

export type Question = {
  readonly thread: string;
  readonly text: string /** For all of it. */;
  readonly seconds: number;
};

/** The stream is opened first, so that nothing is missed; but some servers only tell of it once something has come. */
const OPENING_MS = 2000;
/** Between two looks whether the workflow has ended. */
const POLL_MS = 3000;
const NEWEST = 5;
/** Looks for an answer after its workflow has ended: the message may come a moment later. */
const LAST_LOOKS = 3;

/** @throws Failure before anything is asked, and where nobody knows whether it was */
export async function ask(question: Question, session: Session, context: Context): Promise<Conversation> {
  const { world } = context;
  const end = world.elapsed() + question.seconds * 1000;
  await session.requireAllowed(toMessage(question));
  const before = readBefore(await listNewest(question.thread, session));
  const stream = streamThread(question.thread, undefined, session, context);
  const first = stream.events.next();
  // What is given up keeps nobody waiting.
  world.leaveBehind();
  // Whoever fails here has asked nothing. A failure that comes later is met where the events are read.
  await Promise.race([first, stream.opened, world.sleep(OPENING_MS)]);
  const workflow = await send(question, session).catch((error) => {
    stream.close();
    throw error;
  });
  const waiting: Waiting = {
    question,
    before,
    watch: createWatch(workflow, session),
    end,
    timeOver: () => describeTimeOver(question, workflow),
  };
  return {
    workflow,
    events: readEvents(stream, first, waiting, context),
    isWhole: stream.isWhole,
    answer: () => awaitAnswer(waiting, session, context),
  };
}

type Next = ReturnType<ThreadStream['events']['next']>;

async function* readEvents(
  stream: ThreadStream,
  first: Next,
  { watch, end, timeOver }: Waiting,
  { world, log }: Context,
): AsyncGenerator<ServerEvent> {
  const startTick = async () => {
    await world.sleep(Math.max(0, Math.min(POLL_MS, end - world.elapsed())));
    return 'tick' as const;
  };
  let next = first;
  let tick = startTick();
  try {
    for (;;) {
      if (world.elapsed() >= end) throw timeOver();
      const happened = await Promise.race([next, tick]);
      if (happened === 'tick') {
        if (await watch.hasEnded()) return;
        tick = startTick();
      } else if (happened.done) return;
      else {
        yield happened.value;
        next = stream.events.next();
      }
    }
  } catch (error) {
    if (!(error instanceof Failure) || !['network', 'server'].includes(error.kind)) throw error;
    await log.warn(`${error.message}. The answer is waited for without the stream`);
  } finally {
    stream.close();
    next.catch(() => undefined);
  }
}

function toMessage({ thread, text }: Question): ApiRequest {
  return { method: 'POST', path: `/v1/threads/${encodeSegment(thread)}/user_message`, body: { input_text: text } };
}

async function send(question: Question, session: Session): Promise<string | undefined> {
  try {
    const data = await session.json(toMessage(question));
    return nonEmptyString(asRecord(data)['workflow_id']);
  } catch (error) {
    // Nobody knows whether it was asked: it must not be asked again unseen.
    if (error instanceof Failure && ['network', 'answer'].includes(error.kind))
      error.lines.push(describeThread(question.thread));
    throw error;
  }
}

type Watch = { readonly hasEnded: () => Promise<boolean>; readonly status: () => string };

/** One whose status nobody tells has no end to be seen. */
function createWatch(workflow: string | undefined, { json, known }: Session): Watch {
  let isKnown = workflow !== undefined;
  let status = 'running';
  let isOver = false;
  const look = async () => {
    const { temporal_status, close_time } = asRecord(
      await json(toRequest(LIVE_STATUS, { workflow_id: workflow }, known)),
    );
    status = nonEmptyString(temporal_status) ?? status;
    return nonEmptyString(close_time) !== undefined;
  };
  return {
    status: () => status,
    hasEnded: async () => {
      if (!isKnown || isOver) return isOver;
      try {
        isOver = await look();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        if (error.kind === 'not-found' || error.kind === 'permission-denied') isKnown = false;
        // The next look may go better.
        else if (error.kind !== 'network' && error.kind !== 'server') throw error;
      }
      return isOver;
    },
  };
}

type Waiting = {
  readonly question: Question;
  readonly before: Before;
  readonly watch: Watch;
  readonly end: number;
  readonly timeOver: () => Failure;
};

async function awaitAnswer(
  { question, before, watch, end, timeOver }: Waiting,
  session: Session,
  { world }: Context,
): Promise<ThreadAnswer> {
  for (let looks = 0; ; ) {
    const answer = findAnswer(await listNewest(question.thread, session), question.text, before);
    if (answer) return answer;
    if (world.elapsed() >= end) throw timeOver();
    if ((await watch.hasEnded()) && ++looks >= LAST_LOOKS)
      throw new Failure('workflow', `There is no answer, and its workflow ended as ${watch.status()}`, {
        lines: [describeThread(question.thread)],
      });
    await world.sleep(Math.max(0, Math.min(POLL_MS / 2, end - world.elapsed())));
  }
}

async function listNewest(thread: string, { json }: Session): Promise<readonly Json[]> {
  const path = `/v1/threads/${encodeSegment(thread)}/messages`;
  const query = [
    ['limit', `${NEWEST}`],
    ['with_details', 'false'],
  ] as const;
  const { items } = asRecord(await json({ method: 'GET', path, query }));
  if (Array.isArray(items)) return items;
  throw new Failure('answer', 'The server answered with something that is no list of messages');
}

function describeTimeOver({ thread, seconds }: Question, workflow: string | undefined): Failure {
  return new Failure('time-over', `There is no answer after ${seconds} seconds`, {
    lines: [`Thread ${thread}, workflow ${workflow ?? 'unknown'}: it may come yet.`, describeThread(thread)],
  });
}

/** The command that shows what became of it. */
export function describeThread(thread: string): string {
  return `To look: kscli thread-messages list --thread-id ${thread} --limit ${NEWEST}`;
}
