// Files → jobs: what is done already, what is in the way, and what is left to do. Makes the folders that are missing.

import { statSync } from 'node:fs';
import type { Found } from '../files/walk.ts';
import type { Json } from '../json/value.ts';
import { isForAll } from '../rest/wait.ts';
import { type Entry, toTime } from './entry.ts';
import { type Job, toEntry, toLine, toWords } from './job.ts';
import type { Run } from './run.ts';
import type { Target } from './target.ts';

/** In the order of the files. @throws Failure that would end every other job too */
export async function jobsFor(files: readonly Found[], target: Target, run: Run): Promise<Job[]> {
  const { report, context } = run;
  const jobs: Job[] = [];
  for (const file of files) {
    const path = [...file.folders, file.name].join('/');
    const job = await planJob(path, file, target, run);
    if (job.error !== undefined) await context.log[job.state === 'failed' ? 'error' : 'warn'](toLine(job));
    if (job.state !== 'planned' && !job.isTakenOver) report.add(path, toEntry(job));
    jobs.push(job);
  }
  return jobs;
}

async function planJob(path: string, file: Found, target: Target, run: Run): Promise<Job> {
  const before = run.report.before.get(path);
  const job: Job = { path, file, state: 'planned', attempts: before?.attempts ?? 0, before, ...measure(file) };
  if (file.obstacle) return { ...job, state: file.obstacle.state, error: file.obstacle.why };
  if (before && isDone(before) && isSame(job, before)) return takeOver(job, before);
  try {
    job.place = await target(file.folders);
    if (isInDoubt(job)) return job;
    return applyRule(job, run);
  } catch (error) {
    if (isForAll(error)) throw error;
    return { ...job, state: 'failed', error: toWords(error) };
  }
}

/** For the rules that need no look at contents. */
export function applyRule(job: Job, { ifExists, context: { log } }: Pick<Run, 'ifExists' | 'context'>): Job {
  const [document] = job.place?.documents.get(job.file.name) ?? [];
  if (document === undefined) return job;
  if (ifExists === 'fail') {
    return Object.assign(job, { state: 'failed', error: `A document of this name is there: ${document.id}` });
  }
  if (ifExists !== 'skip') return job;
  if (job.before && isDone(job.before) && job.before.state !== 'skipped')
    void log.warn(`${job.path}: changed since it was uploaded. --if-exists version sends it as a new version`);
  return Object.assign(job, { state: 'skipped' });
}

/** An earlier run sent it, and did not learn what came of it. */
export function isInDoubt({ before, ...job }: Job): boolean {
  return before !== undefined && before.attempts > 0 && !isDone(before) && isSame(job, before);
}

function isDone({ state }: Entry): boolean {
  return ['uploaded', 'versioned', 'unfinished', 'skipped'].includes(state);
}

function isSame({ size, modified }: Pick<Job, 'size' | 'modified'>, before: Entry): boolean {
  if (size === undefined || modified === undefined || size !== before.size) return false;
  return before.modified !== undefined && toTime(modified) === toTime(before.modified);
}

function takeOver(job: Job, before: Entry): Job {
  const { state, documentId, versionId, workflowId, sha256, version, status } = before;
  const delivered = version === undefined ? 'uploaded' : 'versioned';
  return {
    ...job,
    state: state === 'skipped' ? 'skipped' : delivered,
    isTakenOver: true,
    ...(sha256 !== undefined && { sha256 }),
    ...(version !== undefined && { version }),
    ...(status !== undefined && state !== 'unfinished' && { status }),
    ...(state !== 'skipped' && { answer: toAnswer(documentId, versionId, workflowId) }),
  };
}

/** As the server would have given it. */
export function toAnswer(document?: string, version?: string, workflow?: string): Record<string, Json> {
  return { document_id: document ?? null, document_version_id: version ?? null, workflow_id: workflow ?? null };
}

function measure({ path }: Found): Pick<Job, 'size' | 'modified'> {
  try {
    const { size, mtimeMs } = statSync(path);
    return { size, modified: mtimeMs };
  } catch {
    // Whoever opens it tells why.
    return {};
  }
}
