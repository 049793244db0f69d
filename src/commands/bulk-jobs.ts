// The files of a bulk upload, one job each: what is to be done with it, and what came of it. One that fails stops no other.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { uploadOf } from '../files/upload.ts';
import type { Found } from '../files/walk.ts';
import { type JsonObject, textOf } from '../json.ts';
import type { Progress } from '../output/progress.ts';
import type { Target } from './bulk-target.ts';
import { upload, waitFor } from './upload.ts';

export type Job = {
  /** From the top directory on, with slashes. */
  readonly path: string;
  readonly file: Found;
  readonly pathPartId: string | undefined;
  state: 'planned' | 'uploaded' | 'skipped' | 'failed';
  answer?: JsonObject;
  error?: string;
};

/** In the order of the files. The folders that are missing are made on the way. */
export async function jobsFor(files: readonly Found[], target: Target, context: Context): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const file of files) {
    const path = [...file.folders, file.name].join('/');
    const job: Job = { path, file, pathPartId: undefined, state: 'planned' };
    jobs.push(job);
    await attempt(job, context, async () => {
      const { pathPartId, documents } = await target(file.folders);
      jobs[jobs.length - 1] = { ...job, pathPartId, state: documents.has(file.name) ? 'skipped' : 'planned' };
    });
  }
  return jobs;
}

type Run = {
  readonly parallel: number;
  /** Seconds; undefined where nobody waits. */
  readonly wait: number | undefined;
  readonly progress: Progress;
  readonly session: Session;
  readonly context: Context;
};

export async function runJobs(jobs: readonly Job[], run: Run): Promise<void> {
  const open = jobs.filter(({ state }) => state === 'planned');
  let next = 0;
  let ended = 0;
  const worker = async () => {
    for (let job = open[next++]; job; job = open[next++]) {
      run.progress.show(ended / open.length, job.path);
      await attempt(job, run.context, () => send(job, run));
      ended++;
    }
  };
  await Promise.all(Array.from({ length: run.parallel }, worker));
}

async function send(job: Job, { wait, session, context }: Run): Promise<void> {
  const answer = await upload(uploadOf(job.file.path, '<directory>'), job.pathPartId ?? '', session, context);
  job.answer = answer;
  if (wait !== undefined) await waitFor(textOf(answer['workflow_id']), wait, session, context);
  job.state = 'uploaded';
}

async function attempt(job: Job, { log }: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    job.state = 'failed';
    job.error = error instanceof Error ? error.message : String(error);
    await log.error(`${job.path}: ${job.error}`);
  }
}
