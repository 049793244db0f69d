// The wait for the workflows that make the contents of uploads: one loop looks at all that have not ended, until the time is over.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { encodeSegment } from '../http/request.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import { flag, integer } from '../schema/fields.ts';
import { formatTime } from '../terminal/progress.ts';
import { isForAll } from './upload.ts';

export const WAIT = {
  wait: flag('Wait until the contents are made'),
  'wait-timeout': integer('Longest time to wait, in seconds', { min: 1, default: 600, requires: 'wait' }),
} as const;

const PAUSE_MS = 2000;
const LAST_LOOK_MS = 1000;
const FAILED = ['failed', 'cancelled', 'canceled', 'terminated', 'timed_out'];

/** The end of a wait: the upload stands, whatever became of its workflow. */
export type Ending = { readonly status?: string; readonly failure?: Failure };

/** A workflow, and whom to tell when it has ended or the time is over. */
export type Awaited = {
  readonly id: string | undefined;
  readonly tell: (ending: Ending) => Promise<void>;
};

export type Wait = {
  /** The most, for all of them together. */
  readonly seconds: number;
  /** Looks at the same time. */
  readonly parallel: number;
  readonly session: Session;
  readonly context: Context;
};

/** @property lastFailure of a look; the next one may go better */
type Open = Awaited & { readonly id: string; seen: string; isOver: boolean; lastFailure: Failure | undefined };

/** The last status of one workflow, or what stood in the way. */
export async function awaitEnd(id: string | undefined, wait: Omit<Wait, 'parallel'>): Promise<Ending> {
  let found: Ending = {};
  const tell = async (ending: Ending) => {
    found = ending;
  };
  const failure = await awaitAll([{ id, tell }], { ...wait, parallel: 1 });
  return failure ? { failure } : found;
}

/** The failure that stopped the wait before its end: every other look would meet it too. */
export async function awaitAll(awaited: readonly Awaited[], wait: Wait): Promise<Failure | undefined> {
  const { log } = wait.context;
  return watch(awaited, wait).finally(() => log.status(undefined));
}

async function watch(awaited: readonly Awaited[], wait: Wait): Promise<Failure | undefined> {
  const { world, log } = wait.context;
  const end = world.elapsed() + wait.seconds * 1000;
  let open = await findOpen(awaited);
  for (;;) {
    const left = formatTime((end - world.elapsed()) / 1000);
    await log.status(`${awaited.length - open.length}/${awaited.length} workflows finished  ${left} left`);
    const stopped = await lookAtAll(open, end, wait);
    if (stopped) return stopped;
    open = open.filter(({ isOver }) => !isOver);
    const pause = Math.min(PAUSE_MS, end - world.elapsed());
    if (open.length === 0) return undefined;
    if (pause <= 0) break;
    await world.sleep(pause);
  }
  for (const workflow of open) await workflow.tell({ failure: describeTimeout(workflow, wait.seconds) });
  return undefined;
}

async function findOpen(awaited: readonly Awaited[]): Promise<Open[]> {
  const open: Open[] = [];
  for (const { id, tell } of awaited) {
    if (id === undefined) await tell({ failure: new Failure('answer', 'The server named no workflow to wait for') });
    else open.push({ id, tell, seen: 'running', isOver: false, lastFailure: undefined });
  }
  return open;
}

/** @param end milliseconds of the clock that only runs forward */
async function lookAtAll(open: readonly Open[], end: number, wait: Wait): Promise<Failure | undefined> {
  const { parallel, context } = wait;
  let next = 0;
  let stopped: Failure | undefined;
  const worker = async () => {
    for (let workflow = open[next++]; workflow && !stopped; workflow = open[next++]) {
      const left = end + LAST_LOOK_MS - context.world.elapsed();
      if (left <= 0) return;
      const ending = await lookAt(workflow, Math.max(LAST_LOOK_MS, left - LAST_LOOK_MS), wait);
      workflow.isOver = ending !== undefined;
      if (isForAll(ending?.failure)) stopped = ending.failure;
      else if (ending) await workflow.tell(ending);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, open.length) }, worker));
  return stopped;
}

/** undefined while it goes on. @param left milliseconds */
async function lookAt(workflow: Open, left: number, { session }: Wait): Promise<Ending | undefined> {
  const { id } = workflow;
  try {
    const request = { method: 'GET', path: `/v1/workflows/${encodeSegment(id)}`, timeout: left / 1000 };
    const { status, temporal_status, error } = asRecord(await session.json(request));
    workflow.lastFailure = undefined;
    workflow.seen = nonEmptyString(status) ?? nonEmptyString(temporal_status) ?? workflow.seen;
    const word = workflow.seen.toLowerCase();
    if (word === 'completed') return { status: workflow.seen };
    if (!FAILED.includes(word)) return undefined;
    const reason = nonEmptyString(error) ?? '';
    const message = `Workflow ${id} ended as ${workflow.seen}${reason ? `: ${reason}` : ''}`;
    return { failure: new Failure('workflow', message) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // The next look may go better: a server is restarted, a connection is lost.
    if (error.kind !== 'network' && error.kind !== 'server') return { failure: error };
    workflow.lastFailure = error;
    return undefined;
  }
}

function describeTimeout({ id, seen, lastFailure }: Open, seconds: number): Failure {
  return new Failure('workflow', `Workflow ${id} is still ${seen} after ${seconds} seconds`, {
    lines: lastFailure ? [`The last look failed: ${lastFailure.message}`] : [],
  });
}
