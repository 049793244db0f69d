// The jobs of a bulk upload side by side. One that fails stops no other, unless every other one would meet the same.

import { Failure } from '../errors.ts';
import { isForAll } from '../rest/wait.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { decide } from './decide.ts';
import { deliver } from './deliver.ts';
import { isDelivered, type Job, toEntry, toLine, toWords } from './job.ts';
import type { Run } from './run.ts';
import { describeUpload } from './upload.ts';

/** The failure that stopped the run before its end. Jobs that were not begun stay planned. */
export async function sendAll(jobs: readonly Job[], run: Run): Promise<Failure | undefined> {
  const { world, log } = run.context;
  const open = jobs.filter(({ state }) => state === 'planned');
  const bytes = open.reduce((sum, { size = 0 }) => sum + size, 0);
  const progress = createProgress({ files: open.length, bytes }, world, log);
  let failed = jobs.filter(({ state }) => state === 'failed').length;
  let stopped: Failure | undefined;
  let next = 0;
  const take = () => {
    stopped ??= failed >= run.maxFailures && next < open.length ? tooMany(failed, run) : undefined;
    return stopped ? undefined : open[next++];
  };
  const worker = async () => {
    for (let job = take(); job; job = take()) {
      const failure = await send(job, progress, run);
      stopped ??= failure;
      if (job.state === 'failed') failed++;
      if (job.error !== undefined) await log.error(toLine(job));
    }
  };
  await Promise.all(Array.from({ length: run.parallel }, worker)).finally(progress.end);
  return stopped;
}

function tooMany(failed: number, { maxFailures }: Run): Failure {
  const what = `${failed} ${failed === 1 ? 'file' : 'files'} failed`;
  return new Failure('given-up', `Stopped: ${what}, and --max-failures is ${maxFailures}`);
}

/** A failure that is not this job's alone. */
async function send(job: Job, progress: Progress, run: Run): Promise<Failure | undefined> {
  const { context, isWaiting, isDryRun, report } = run;
  const moving = progress.begin(job.size ?? 0);
  try {
    const isToSend = await decide(job, run);
    if (isDryRun) return undefined;
    if (isToSend) await deliver(job, moving.sent, run);
    report.add(job.path, toEntry(job));
    if (isWaiting && job.answer && isDelivered(job)) await context.log.info(describeUpload(job.path, job.answer));
    return undefined;
  } catch (error) {
    if (stopsAll(error, run)) {
      if (!isDelivered(job)) job.state = 'planned';
      return error;
    }
    Object.assign(job, { state: 'failed', error: toWords(error) });
    return isDryRun ? undefined : addFailed(job, run);
  } finally {
    moving.end(job.state === 'failed');
  }
}

function addFailed(job: Job, run: Run): Failure | undefined {
  try {
    run.report.add(job.path, toEntry(job));
    return undefined;
  } catch (error) {
    if (stopsAll(error, run)) return error;
    throw error;
  }
}

/** Without its report a run could not be gone on with. */
function stopsAll(error: unknown, { report }: Run): error is Failure {
  return isForAll(error) || (error !== undefined && error === report.failure());
}
