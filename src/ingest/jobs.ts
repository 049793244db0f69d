// The files of a bulk upload, one job each: what is to be done with it, and what came of it. One that fails stops no other.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure, SIGN_IN } from '../errors.ts';
import { lookAtUpload } from '../files/upload.ts';
import type { Found } from '../files/walk.ts';
import { type JsonObject, nonEmptyString } from '../json/value.ts';
import type { Progress } from '../terminal/progress.ts';
import { joinLines } from '../terminal/sanitize.ts';
import type { Target } from './target.ts';
import { awaitEnd, upload } from './upload.ts';

export type Job = {
  /** From the top directory on, with slashes. */
  readonly path: string;
  readonly file: Found;
  readonly pathPartId: string | undefined;
  /** An unfinished one is uploaded, but its workflow failed or takes longer. */
  state: 'planned' | 'uploaded' | 'unfinished' | 'skipped' | 'failed';
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
  /** Seconds; undefined where nobody waits. */
  readonly wait: number | undefined;
  readonly progress: Progress;
  readonly session: Session;
  readonly context: Context;
};

/** What stopped it before the end: a failure that every other job would meet too. Those stay planned. */
export async function runJobs(jobs: readonly Job[], run: Run): Promise<Failure | undefined> {
  const open = jobs.filter(({ state }) => state === 'planned');
  let next = 0;
  let ended = 0;
  let stopped: Failure | undefined;
  const worker = async () => {
    for (let job = open[next++]; job && !stopped; job = open[next++]) {
      run.progress.show(ended / open.length, job.path);
      try {
        await send(job, run);
      } catch (error) {
        if (isForAll(error)) stopped = error;
        else Object.assign(job, { state: 'failed', error: toWords(error) });
      }
      if (job.error !== undefined) await run.context.log.error(toLine(job));
      ended++;
    }
  };
  await Promise.all(Array.from({ length: run.parallel }, worker));
  return stopped;
}

async function send(job: Job, { wait, session, context }: Run): Promise<void> {
  const answer = await upload(lookAtUpload(job.file.path, 'The file'), job.pathPartId ?? '', session);
  job.answer = answer;
  job.state = 'uploaded';
  if (wait === undefined) return;
  const { failure } = await awaitEnd(nonEmptyString(answer['workflow_id']), wait, session, context);
  if (failure === undefined) return;
  Object.assign(job, { state: 'unfinished', error: toWords(failure) });
  if (isForAll(failure)) throw failure;
}

/** Who acts, and whether anything may be changed, is the same for every file. */
function isForAll(error: unknown): error is Failure {
  return error instanceof Failure && (error.kind === 'refused' || error.exitCode === SIGN_IN);
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
