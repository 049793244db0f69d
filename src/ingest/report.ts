// The end of a bulk upload in words: as rows, in one sentence, and in the lines that are left when a signal ends it.

import type { JsonObject } from '../json/value.ts';
import type { Whole } from '../output/result.ts';
import { toTime } from './entry.ts';
import type { Job } from './job.ts';
import { describeUpload } from './upload.ts';

/** @property uploaded also those of which the workflow is unfinished */
export type Counts = {
  readonly uploaded: number;
  readonly versioned: number;
  readonly unfinished: number;
  readonly skipped: number;
  readonly failed: number;
  readonly planned: number;
};

export function countStates(jobs: readonly Job[]): Counts {
  const count = (...states: Job['state'][]) => jobs.filter(({ state }) => states.includes(state)).length;
  const isVersion = ({ state, version }: Job) => state === 'unfinished' && version !== undefined;
  const versions = jobs.filter(isVersion).length;
  return {
    uploaded: count('uploaded', 'unfinished') - versions,
    versioned: count('versioned') + versions,
    unfinished: count('unfinished'),
    skipped: count('skipped'),
    failed: count('failed'),
    planned: count('planned', 'sending'),
  };
}

/** @property leftOut files of other kinds, by extension @property excluded by a pattern */
export type Ignored = { readonly leftOut: ReadonlyMap<string, number>; readonly excluded: number };

export function layOut(jobs: readonly Job[], { leftOut, excluded }: Ignored): Whole {
  const rows = jobs.map(describeJob);
  const { versioned, ...counts } = countStates(jobs);
  return {
    data: { items: rows, total: rows.length, ...counts, left_out: sum(leftOut), versioned, excluded },
    columns: ['path', 'state', 'document_id', 'workflow_id', 'error'],
    id: 'document_id',
    itemsKey: 'items',
    tree: { parent: '', label: ({ path, state }: JsonObject) => `${path}: ${state}` },
    isComposed: true,
  };
}

function describeJob({ path, state, answer, error, size, modified, sha256, attempts }: Job): JsonObject {
  return {
    path,
    state,
    document_id: answer?.['document_id'] ?? null,
    workflow_id: answer?.['workflow_id'] ?? null,
    error: error ?? null,
    document_version_id: answer?.['document_version_id'] ?? null,
    size: size ?? null,
    modified: modified === undefined ? null : toTime(modified),
    sha256: sha256 ?? null,
    attempts,
  };
}

/** `Uploaded 9 (2 of them unfinished, 4 before), new versions 2, skipped 1, failed 0, left 3` */
export function summarize(jobs: readonly Job[], isDryRun = false): string {
  const { uploaded, versioned, unfinished, skipped, failed, planned } = countStates(jobs);
  const before = jobs.filter(({ isTakenOver, state }) => isTakenOver && state !== 'skipped').length;
  const notes = [
    ...(unfinished > 0 ? [`${unfinished} of them unfinished`] : []),
    ...(before > 0 ? [`${before} of them before`] : []),
  ];
  return [
    `Uploaded ${uploaded}${versioned > 0 ? `, new versions ${versioned}` : ''}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`,
    `skipped ${skipped}`,
    `failed ${failed}`,
    ...(planned > 0 ? [`${isDryRun ? 'to upload' : 'left'} ${planned}`] : []),
  ].join(', ');
}

const MOST_KINDS = 8;

/** `left out 3 files: 2 .xlsx, 1 without extension`; undefined where there is none. */
export function describeLeftOut({ leftOut, excluded }: Ignored): string | undefined {
  const total = sum(leftOut);
  const patterns = excluded > 0 ? [`excluded ${excluded}`] : [];
  if (total === 0) return patterns[0];
  const kinds = [...leftOut].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const words = kinds.slice(0, MOST_KINDS).map(([kind, count]) => `${count} ${kind || 'without extension'}`);
  const others = total - kinds.slice(0, MOST_KINDS).reduce((many, [, count]) => many + count, 0);
  const list = [...words, ...(others > 0 ? [`${others} others`] : [])].join(', ');
  return [...patterns, `left out ${total} ${total === 1 ? 'file' : 'files'}: ${list}`].join(', ');
}

/** Facts that nobody could find out again: the ids of the uploads, and the files that may have arrived. */
export function tellUnreported(jobs: readonly Job[], hasReport: boolean): string[] {
  const lines = jobs.flatMap(({ path, state, answer, isTakenOver }) => {
    if (state === 'sending') return [`${path}: was on its way, and may have arrived`];
    return answer && !hasReport && !isTakenOver && state !== 'skipped' ? [describeUpload(path, answer)] : [];
  });
  return [...lines, summarize(jobs)];
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((a, b) => a + b, 0);
}
