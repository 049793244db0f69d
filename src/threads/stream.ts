// The events of a thread as one sequence, whatever becomes of the connections that bring them: a lost one is opened again
// with the last ids that are known. Knows nothing of what the events say, but for those ids.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { createEventReader, type ServerEvent } from '../http/events.ts';
import { type ApiRequest, encodeSegment } from '../http/request.ts';
import type { Opened } from '../http/stream.ts';
import { createMemory, type LastIds, type Memory } from './memory.ts';

export type ThreadStream = {
  /** To the end of the stream. @throws Failure of a stream that cannot be opened, or not again */
  readonly events: AsyncGenerator<ServerEvent>;
  /** Settles when the server has begun to answer, which some do only with the first event. */
  readonly opened: Promise<void>;
  /** Whether all that came between two connections came again. */
  readonly isWhole: () => boolean;
  readonly close: () => void;
};

/** As many time limits of a request may pass with nothing coming, no comment either, until a connection is taken for lost. */
const SILENT_LIMITS = 2;
const PAUSE_MS = 1000;
/** After each failure in a row twice the pause, up to this. */
const LONGEST_PAUSE_MS = 60_000;
const MOST_FAILURES = 5;
/** One that stood for so long was no failure, though nothing came: a thread may be quiet, and what lies between cuts that off. */
const STOOD_MS = 10_000;
const NO_CONTENT = 204;

type Reading = {
  readonly thread: string;
  readonly session: Session;
  readonly context: Context;
  readonly memory: Memory;
  readonly begin: () => void;
  isWhole: boolean;
  isClosed: boolean;
  current: Opened | undefined;
  /** Connections in a row that brought nothing and did not stand. That the server answered is not enough: it may be ill. */
  failures: number;
  /** Milliseconds before another one, where there was no failure before. */
  pause: number;
};

/** Not opened before the first event is asked for. @param from none for what comes from now on */
export function streamThread(
  thread: string,
  from: LastIds | undefined,
  session: Session,
  context: Context,
): ThreadStream {
  const { promise: opened, resolve: begin } = Promise.withResolvers<void>();
  const memory = createMemory(from);
  const start = { isWhole: true, isClosed: false, current: undefined, failures: 0, pause: PAUSE_MS };
  const reading: Reading = { thread, session, context, memory, begin, ...start };
  const close = () => {
    reading.isClosed = true;
    reading.current?.close();
  };
  return { events: readAll(reading), opened, isWhole: () => reading.isWhole, close };
}

async function* readAll(reading: Reading): AsyncGenerator<ServerEvent> {
  const { memory, context } = reading;
  for (;;) {
    try {
      yield* readOnce(reading);
      return;
    } catch (error) {
      if (reading.isClosed) return;
      if (!isBroken(error) || ++reading.failures > MOST_FAILURES) throw error;
      await context.log.info(`${error.message}. Opening the stream again`);
    } finally {
      reading.current?.close();
    }
    // Without both ids the server would not send again what was missed.
    reading.isWhole &&= memory.ids() !== undefined;
    memory.expectRepetition();
    // With jitter: many that were cut off together do not come back together.
    const pause = Math.min(reading.pause * 2 ** (reading.failures - 1), LONGEST_PAUSE_MS);
    await context.world.sleep(pause * (0.75 + Math.random() / 2));
  }
}

/** To the end of one connection. */
async function* readOnce(reading: Reading): AsyncGenerator<ServerEvent> {
  const { memory, session, context } = reading;
  const { elapsed } = context.world;
  const reader = createEventReader();
  const start = elapsed();
  const opened = await session.stream(toRequest(reading));
  reading.current = opened;
  if (reading.isClosed || opened.status === NO_CONTENT) return reading.begin();
  requireEvents(opened);
  reading.begin();
  try {
    for await (const piece of opened.pieces) {
      reading.failures = 0;
      const events = reader.read(piece);
      reading.pause = reader.pause() ?? reading.pause;
      for (const event of events) if (memory.add(event)) yield event;
    }
  } finally {
    if (elapsed() - start >= Math.min(STOOD_MS, context.settings.timeout * 1000)) reading.failures = 0;
  }
}

function toRequest({ thread, memory, context: { settings } }: Reading): ApiRequest {
  const ids = memory.ids();
  const query =
    ids &&
    ([
      ['last_message_id', ids.message],
      ['last_entry_id', ids.entry],
    ] as const);
  return {
    method: 'GET',
    path: `/v1/threads/${encodeSegment(thread)}/stream`,
    timeout: SILENT_LIMITS * settings.timeout,
    ...(query && { query }),
  };
}

/** The content type is not described; but this one is a proxy's. */
function requireEvents({ headers }: Opened): void {
  const type = headers.get('content-type') ?? '';
  if (/^text\/html\b/i.test(type))
    throw new Failure('answer', `The server answered with a page (${type}), not with a stream of events`);
}

const PASSING = [429, 502, 503, 504];

/** Another connection may go better. */
function isBroken(error: unknown): error is Failure {
  if (!(error instanceof Failure)) return false;
  return error.kind === 'network' || (error.kind === 'server' && PASSING.includes(error.status ?? 0));
}
