// kscli workflows wait: until all of them have ended, or the time is over.

import { defineCommand, SERVER_EXITS } from '../../argv/command.ts';
import { openSession } from '../../auth/session.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../errors.ts';
import type { JsonObject } from '../../json/value.ts';
import type { Whole } from '../../output/result.ts';
import { readIds } from '../../rest/ids.ts';
import { type Awaited, awaitAll, type Ending } from '../../rest/wait.ts';
import { duration, text } from '../../schema/fields.ts';

/** A week, in seconds. */
const LONGEST = 604_800;
const MOST_IDS = 1000;
/** Looks at the same time. */
const PARALLEL = 4;

const WORKFLOW = text('Id of a workflow, or - for a list on standard input', {
  required: true,
  maxCount: MOST_IDS,
  example: 'workflow-1',
  isPathSegment: true,
});

export const workflowsWait = defineCommand({
  effect: 'read',
  exits: [...SERVER_EXITS, 124],
  // Behind the command's name only: before it, --timeout is the global flag, for each request.
  flags: {
    timeout: duration('Longest time to wait, for all of them together', { min: 1, max: LONGEST, default: 600 }),
    interval: duration('Time between two looks', { min: 0.1, max: 3600, default: 2 }),
  },
  args: {
    workflow_id: WORKFLOW,
  },
  examples: [
    'kscli workflows wait workflow-1',
    'kscli workflows wait workflow-1 workflow-2 --timeout 30m --interval 10',
  ],
  run: async ({ workflow_id: typed, timeout, interval }, context) => {
    const ids = await findIds(typed, context);
    const session = await openSession(context);
    const jobs = ids.map((id): Job => ({ id, status: 'unknown', ending: undefined }));
    context.world.onInterrupt(() =>
      jobs.filter(({ ending }) => !ending).map((job) => context.log.present(toLine(job))),
    );
    const wait = { seconds: timeout, pause: interval * 1000, parallel: PARALLEL, isAny: true, session, context };
    const stopped = await awaitAll(
      jobs.map((job) => follow(job, context)),
      wait,
    );
    const failure = stopped ?? conclude(jobs, timeout);
    return { show: layOut(jobs), exit: exitOf(jobs), ...(failure && { failure }) };
  },
});

type Job = { readonly id: string; status: string; ending: Ending | undefined };

/** Each once. */
async function findIds(words: readonly string[], { world }: Context): Promise<string[]> {
  const ids = [...new Set(await readIds(words, WORKFLOW, world))];
  if (ids.length === 0) throw new Failure('usage', 'Standard input names no workflow');
  return ids;
}

/** A line a change where nobody sees the status line. */
function follow(job: Job, { log, world }: Context): Awaited {
  return {
    id: job.id,
    tellChange: async (status) => {
      job.status = status;
      if (!world.stderr.isTerminal) await log.info(toLine(job));
    },
    tell: async (ending) => {
      Object.assign(job, { ending, status: ending.status ?? job.status });
      if (ending.failure && !ending.isTimeOver) await log.error(describeFailure(job, ending.failure));
    },
  };
}

/** The wait's own words name the workflow; the server's may not. */
function describeFailure({ id }: Job, { kind, message, lines }: Failure): string[] {
  return [kind === 'workflow' ? message : `${id}: ${message}`, ...lines];
}

function toLine({ id, status }: Job): string {
  return `${id}: ${status}`;
}

function layOut(jobs: readonly Job[]): Whole {
  const items = jobs.map(
    ({ id, status, ending }): JsonObject => ({
      workflow_id: id,
      status,
      error: ending?.failure?.message ?? null,
    }),
  );
  return {
    data: { items, total: items.length },
    columns: ['workflow_id', 'status', 'error'],
    id: 'workflow_id',
    itemsKey: 'items',
    isComposed: true,
  };
}

/** Of those that have not ended. */
function conclude(jobs: readonly Job[], seconds: number): Failure | undefined {
  const open = jobs.filter(({ ending }) => ending?.isTimeOver);
  const [only, another] = open.flatMap(({ ending }) => ending?.failure ?? []);
  if (only === undefined) return undefined;
  if (another === undefined) return new Failure('time-over', only.message, { lines: only.lines });
  const message = `${open.length} of ${jobs.length} workflows have not ended after ${seconds} seconds`;
  return new Failure('time-over', message, { lines: open.map(toLine) });
}

/** The one code that all failures share, else 1. */
function exitOf(jobs: readonly Job[]): number {
  const codes = new Set(jobs.flatMap(({ ending }) => (ending?.failure ? [ending.failure.exitCode] : [])));
  const [code = 0] = codes;
  return codes.size > 1 ? 1 : code;
}
