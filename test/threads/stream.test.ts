// The connections that bring the events of a thread: which of them count as failures, and when there have been enough.

import { afterEach, beforeEach, expect, spyOn, test } from 'bun:test';
import type { Session } from '../../src/auth/session.ts';
import type { Context } from '../../src/context.ts';
import { Failure } from '../../src/errors.ts';
import { streamThread } from '../../src/threads/stream.ts';

/** What becomes of one connection. @property opening refused with that @property seconds from its beginning to its end */
type Connection = { opening?: Failure; pieces?: string[]; seconds?: number; end?: Failure };

const lost = () => new Failure('network', 'Lost the connection');
const busy = () => new Failure('server', '503', { status: 503 });

let chance: ReturnType<typeof spyOn>;
beforeEach(() => {
  // In the middle: no jitter.
  chance = spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => chance.mockRestore());

/** @property pauses between the connections, in seconds @property timeouts of the requests, in seconds */
type Course = { events: string[]; error: string; pauses: number[]; timeouts: (number | undefined)[] };

/** The last one is the answer to all that come after it. */
async function follow(...connections: readonly Connection[]): Promise<Course> {
  let now = 0;
  const course: Course = { events: [], error: '', pauses: [], timeouts: [] };
  const stream: Session['stream'] = async ({ timeout }) => {
    const connection = connections[Math.min(course.timeouts.length, connections.length - 1)] ?? {};
    course.timeouts.push(timeout);
    if (connection.opening) throw connection.opening;
    const pieces = (async function* () {
      for (const piece of connection.pieces ?? []) yield new TextEncoder().encode(piece);
      now += (connection.seconds ?? 0) * 1000;
      if (connection.end) throw connection.end;
    })();
    return { status: 200, headers: new Headers(), body: '', pieces, close: () => undefined };
  };
  const sleep = async (milliseconds: number) => {
    course.pauses.push(milliseconds / 1000);
    now += milliseconds;
  };
  const context = { world: { elapsed: () => now, sleep }, log: { info: async () => undefined } };
  const { events } = streamThread(
    't',
    undefined,
    { stream } as Session,
    {
      ...context,
      settings: { timeout: 30 },
    } as unknown as Context,
  );
  try {
    for await (const { data } of events) course.events.push(data);
  } catch (error) {
    course.error = error instanceof Failure ? error.message : String(error);
  }
  return course;
}

test.each([
  ['that cannot be opened', { opening: busy() }, 'Server error: 503'],
  ['that break at once', { end: lost() }, 'Lost the connection'],
  ['that stand for a moment', { seconds: 9, end: lost() }, 'Lost the connection'],
])('of connections %s five in a row are forgiven, with longer and longer pauses', async (_what, connection, error) => {
  expect(await follow(connection)).toEqual({
    events: [],
    error,
    pauses: [1, 2, 4, 8, 16],
    timeouts: [60, 60, 60, 60, 60, 60],
  });
});

test('a quiet thread is no failure: one that stood for a while may break as often as it will', async () => {
  const cutOff = { seconds: 60, end: lost() };
  const { error, events, pauses } = await follow(...Array(50).fill(cutOff), { pieces: ['data: a\n\n'] });
  expect({ error, events, pauses }).toEqual({ error: '', events: ['a'], pauses: Array(50).fill(1) });
});

test('whatever comes makes up for the failures before it, a comment too', async () => {
  const failing = Array(5).fill({ end: lost() });
  const { error, pauses } = await follow(...failing, { pieces: [': hello\n'], end: lost() }, ...failing.slice(1), {});
  expect({ error, pauses }).toEqual({ error: '', pauses: [1, 2, 4, 8, 16, 1, 2, 4, 8, 16] });
});

test('the server says how long the first pause is, and none is longer than a minute', async () => {
  const { pauses } = await follow({ pieces: ['retry: 20000\n'], end: lost() }, { end: lost() });
  expect(pauses).toEqual([20, 40, 60, 60, 60]);
});

test.each([404, 403, 500])('%d is an answer: it is not asked again', async (status) => {
  const { error, pauses } = await follow({ opening: new Failure('server', `${status}`, { status }) });
  expect({ error, pauses }).toEqual({ error: `Server error: ${status}`, pauses: [] });
});
