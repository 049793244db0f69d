// The files of a bulk upload, one job each: what is to be done with it, and what came of it. One that fails stops no other.

import { statSync } from 'node:fs';
import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { lookAtUpload } from '../files/upload.ts';
import type { Found } from '../files/walk.ts';
import { type JsonObject, nonEmptyString } from '../json/value.ts';
import { type Awaited, awaitAll, type Ending, isForAll } from '../rest/wait.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { joinLines } from '../terminal/sanitize.ts';
import type { Target } from './target.ts';
import { describeUpload, upload } from './upload.ts';

export type Job = {
  /** From the top directory on, with slashes. */
  readonly path: string;
  readonly file: Found;
  readonly pathPartId: string | undefined;
  /** An unfinished one is uploaded, but its workflow has failed, takes longer or is still waited for. */
  state: 'planned' | 'sending' | 'uploaded' | 'unfinished' | 'skipped' | 'failed';
  answer?: JsonObject;
  error?: string;
};

/** In the order of the files. The folders that are missing are made on the way. @throws Failure that would end every other job too */
export async function jobsFor(files: readonly Found[], target: Target, context: Context): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const file of files) {
    const path = [...file.folders, file.name].join('/');
    const job = await jobFor({ path, file, pathPartId: undefined, state: 'planned' }, target);
    if (job.error !== undefined) await context.log[job.state === 'failed' ? 'error' : 'warn'](toLine(job));
    jobs.push(job);
  }
  return jobs;
}

async function jobFor(job: Job, target: Target): Promise<Job> {
  const { folders, name, obstacle } = job.file;
  if (obstacle) return { ...job, state: obstacle.state, error: obstacle.why };
  try {
    const { pathPartId, documents } = await target(folders);
    return { ...job, pathPartId, state: documents.has(name) ? 'skipped' : 'planned' };
  } catch (error) {
    if (isForAll(error)) throw error;
    return { ...job, state: 'failed', error: toWords(error) };
  }
}

type Run = {
  readonly parallel: number;
  /** Whether a wait follows: then each upload's ids are told as soon as they are known. */
  readonly isWaiting: boolean;
  readonly session: Session;
  readonly context: Context;
};

/** The failure that stopped the run before its end: every other job would meet it too. Those stay planned. */
export async function sendAll(jobs: readonly Job[], run: Run): Promise<Failure | undefined> {
  const { world, log } = run.context;
  const open = jobs.filter(({ state }) => state === 'planned');
  const sizes = open.map(({ file }) => measure(file));
  const progress = createProgress({ files: open.length, bytes: sizes.reduce((a, b) => a + b, 0) }, world, log);
  let next = 0;
  let stopped: Failure | undefined;
  const worker = async () => {
    for (let index = next++, job = open[index]; job && !stopped; index = next++, job = open[index]) {
      const failure = await send(job, sizes[index] ?? 0, progress, run);
      if (failure) stopped = failure;
      if (job.error !== undefined) await log.error(toLine(job));
    }
  };
  await Promise.all(Array.from({ length: run.parallel }, worker)).finally(progress.end);
  return stopped;
}

/** A failure that is not this job's alone. */
async function send(job: Job, size: number, progress: Progress, run: Run): Promise<Failure | undefined> {
  const { session, context, isWaiting } = run;
  const moving = progress.begin(size);
  job.state = 'sending';
  try {
    const file = { ...lookAtUpload(job.file.path, 'The file'), onProgress: moving.sent };
    job.answer = await upload(file, job.pathPartId ?? '', session);
    job.state = 'uploaded';
    if (isWaiting) await context.log.info(describeUpload(job.path, job.answer));
    return undefined;
  } catch (error) {
    const isOwn = !isForAll(error);
    Object.assign(job, isOwn ? { state: 'failed', error: toWords(error) } : { state: 'planned' });
    return isOwn ? undefined : error;
  } finally {
    moving.end();
  }
}

/** Bytes; those of a file that cannot be looked at are none. */
function measure({ path }: Found): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** One wait for all that was uploaded. @param seconds for all together */
export async function finishAll(jobs: readonly Job[], seconds: number, run: Run): Promise<Failure | undefined> {
  const awaited = jobs
    .filter(({ state }) => state === 'uploaded')
    .map((job): Awaited => {
      job.state = 'unfinished';
      const tell = async ({ failure }: Ending) => {
        if (failure) {
          job.error = toWords(failure);
          await run.context.log.error(toLine(job));
        } else job.state = 'uploaded';
      };
      return { id: nonEmptyString(job.answer?.['workflow_id']), tell };
    });
  return awaitAll(awaited, { ...run, seconds });
}

/** In one line: what happened, and the fields that a server refuses. */
function toWords(error: unknown): string {
  return joinLines(
    error instanceof Failure ? [error.message, ...error.lines].filter(Boolean).join('; ') : String(error),
  );
}

function toLine({ path, error }: Job): string {
  return `${path}: ${error}`;
}
