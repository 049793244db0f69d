// The wait for the workflows of all that was uploaded, by this run and those before it.

import type { Failure } from '../errors.ts';
import { nonEmptyString } from '../json/value.ts';
import { type Awaited, awaitAll, type Ending } from '../rest/wait.ts';
import { isDelivered, type Job, toEntry, toLine, toWords } from './job.ts';
import type { Run } from './run.ts';

/** The failure that stopped the wait. @param seconds for all together */
export async function finishAll(jobs: readonly Job[], seconds: number, run: Run): Promise<Failure | undefined> {
  const awaited = jobs
    .filter((job) => isDelivered(job) && job.status === undefined)
    .map((job): Awaited => {
      const delivered = job.state;
      job.state = 'unfinished';
      const tell = async ({ status, failure }: Ending) => {
        if (failure) job.error = toWords(failure);
        else Object.assign(job, { state: delivered, ...(status !== undefined && { status: status.toLowerCase() }) });
        run.report.add(job.path, toEntry(job));
        if (failure) await run.context.log.error(toLine(job));
      };
      return { id: nonEmptyString(job.answer?.['workflow_id']), tell };
    });
  return awaitAll(awaited, { ...run, seconds });
}
