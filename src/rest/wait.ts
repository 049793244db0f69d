// The wait for the workflows that make the contents of uploads: one loop looks at all that have not ended, until the time is over.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure, SIGN_IN } from '../errors.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import { LIVE_STATUS, WORKFLOW_RUN } from '../resources/workflows.ts';
import { WAIT as FIELDS } from '../schema/rows.ts';
import { formatTime } from '../terminal/progress.ts';
import { toRequest } from './request.ts';

export const WAIT = { wait: FIELDS.wait, 'wait-timeout': FIELDS.wait_timeout } as const;

const PAUSE_MS = 2000;
const LAST_LOOK_MS = 1000;
/** In lower case; Temporal's states are words of the same meaning. */
const FAILED = ['failed', 'cancelled', 'canceled', 'terminated', 'timed_out'];

/** The end of a wait: the upload stands, whatever became of its workflow. */
export type Ending = {
  /** The last one that was seen. */
  readonly status?: string;
  readonly failure?: Failure;
  /** It has not ended: the time is over. */
  readonly isTimeOver?: true;
};

/** A workflow, and whom to tell when it has ended or the time is over. */
export type Awaited = {
  readonly id: string | undefined;
  readonly tell: (ending: Ending) => Promise<void>;
  /** Told of each status that is another one than before. */
  readonly tellChange?: (status: string) => Promise<void>;
};

export type Wait = {
  /** The most, for all of them together. */
  readonly seconds: number;
  /** Looks at the same time. */
  readonly parallel: number;
  /** The live status is asked for: only uploads have another. */
  readonly isLive?: boolean;
  /** Any workflow: one that is no run of an uploaded file is asked for its live status. */
  readonly isAny?: boolean;
  /** Milliseconds between two looks. */
  readonly pause?: number;
  readonly session: Session;
  readonly context: Context;
};

/** @property lastFailure of a look; the next one may go better */
type Open = Awaited & {
  readonly id: string;
  seen: string;
  isLive: boolean;
  isOver: boolean;
  lastFailure: Failure | undefined;
};

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
  let open = await findOpen(awaited, wait);
  for (;;) {
    const left = formatTime((end - world.elapsed()) / 1000);
    await log.status(`${awaited.length - open.length}/${awaited.length} workflows finished  ${left} left`);
    const stopped = await lookAtAll(open, end, wait);
    if (stopped) return stopped;
    open = open.filter(({ isOver }) => !isOver);
    const pause = Math.min(wait.pause ?? PAUSE_MS, end - world.elapsed());
    if (open.length === 0) return undefined;
    if (pause <= 0) break;
    await world.sleep(pause);
  }
  for (const workflow of open) {
    await workflow.tell({
      status: workflow.seen,
      failure: describeTimeout(workflow, wait.seconds),
      isTimeOver: true,
    });
  }
  return undefined;
}

async function findOpen(awaited: readonly Awaited[], { isLive = false }: Wait): Promise<Open[]> {
  const open: Open[] = [];
  for (const one of awaited) {
    const { id, tell } = one;
    if (id === undefined) await tell({ failure: new Failure('answer', 'The server named no workflow to wait for') });
    else open.push({ ...one, id, seen: 'running', isLive, isOver: false, lastFailure: undefined });
  }
  return open;
}

/** The identity and read-only mode are the same for every file and every workflow. */
export function isForAll(error: unknown): error is Failure {
  return error instanceof Failure && (error.kind === 'refused' || error.exitCode === SIGN_IN);
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
async function lookAt(workflow: Open, left: number, wait: Wait): Promise<Ending | undefined> {
  const { id, isLive } = workflow;
  try {
    const request = toRequest(isLive ? LIVE_STATUS : WORKFLOW_RUN, { workflow_id: id });
    const answer = asRecord(await wait.session.json({ ...request, timeout: left / 1000 }));
    const { status, temporal_status, error, close_time } = answer;
    workflow.lastFailure = undefined;
    const before = workflow.seen;
    workflow.seen = nonEmptyString(status) ?? nonEmptyString(temporal_status) ?? before;
    const word = workflow.seen.toLowerCase();
    const hasEnded = isLive ? nonEmptyString(close_time) !== undefined : [...FAILED, 'completed'].includes(word);
    if (hasEnded && FAILED.includes(word))
      return { status: workflow.seen, failure: describeEnd(workflow, nonEmptyString(error)) };
    if (workflow.seen !== before) await workflow.tellChange?.(workflow.seen);
    return hasEnded ? { status: workflow.seen } : undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.kind === 'not-found' && wait.isAny && !isLive) {
      workflow.isLive = true;
      return lookAt(workflow, left, wait);
    }
    // The next look may go better: a server is restarted, a connection is lost.
    if (error.kind !== 'network' && error.kind !== 'server') return { failure: error };
    workflow.lastFailure = error;
    return undefined;
  }
}

function describeEnd({ id, seen }: Open, reason: string | undefined): Failure {
  return new Failure('workflow', `Workflow ${id} ended as ${seen}${reason ? `: ${reason}` : ''}`);
}

function describeTimeout({ id, seen, lastFailure }: Open, seconds: number): Failure {
  return new Failure('workflow', `Workflow ${id} is still ${seen} after ${seconds} seconds`, {
    lines: lastFailure ? [`The last look failed: ${lastFailure.message}`] : [],
  });
}
