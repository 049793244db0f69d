// The report of a bulk upload: as rows, in one sentence, and in the lines that are left when a signal ends it.

import type { JsonObject } from '../json/value.ts';
import type { Whole } from '../output/result.ts';
import type { Job } from './jobs.ts';
import { describeUpload } from './upload.ts';

/** @property uploaded also those of which the workflow is unfinished */
export type Counts = {
  readonly uploaded: number;
  readonly unfinished: number;
  readonly skipped: number;
  readonly failed: number;
  readonly planned: number;
};

export function countStates(jobs: readonly Job[]): Counts {
  const count = (...states: Job['state'][]) => jobs.filter(({ state }) => states.includes(state)).length;
  return {
    uploaded: count('uploaded', 'unfinished'),
    unfinished: count('unfinished'),
    skipped: count('skipped'),
    failed: count('failed'),
    planned: count('planned', 'sending'),
  };
}

export function layOut(jobs: readonly Job[], leftOut: ReadonlyMap<string, number>): Whole {
  const rows = jobs.map(
    ({ path, state, answer, error }): JsonObject => ({
      path,
      state,
      document_id: answer?.['document_id'] ?? null,
      workflow_id: answer?.['workflow_id'] ?? null,
      error: error ?? null,
    }),
  );
  return {
    data: { items: rows, total: rows.length, ...countStates(jobs), left_out: sum(leftOut) },
    columns: ['path', 'state', 'document_id', 'workflow_id', 'error'],
    id: 'document_id',
    itemsKey: 'items',
    tree: { parent: '', label: ({ path, state }: JsonObject) => `${path}: ${state}` },
    isComposed: true,
  };
}

/** `Uploaded 9 (2 of them unfinished), skipped 1, failed 0, to upload 3` */
export function summarize(jobs: readonly Job[]): string {
  const { uploaded, unfinished, skipped, failed, planned } = countStates(jobs);
  return [
    `Uploaded ${uploaded}${unfinished > 0 ? ` (${unfinished} of them unfinished)` : ''}`,
    `skipped ${skipped}`,
    `failed ${failed}`,
    ...(planned > 0 ? [`to upload ${planned}`] : []),
  ].join(', ');
}

const MOST_KINDS = 8;

/** `left out 3 files: 2 .xlsx, 1 without extension`; undefined where there is none. */
export function describeLeftOut(leftOut: ReadonlyMap<string, number>): string | undefined {
  const total = sum(leftOut);
  if (total === 0) return undefined;
  const kinds = [...leftOut].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const words = kinds.slice(0, MOST_KINDS).map(([kind, count]) => `${count} ${kind || 'without extension'}`);
  const others = total - kinds.slice(0, MOST_KINDS).reduce((many, [, count]) => many + count, 0);
  return `left out ${total} ${total === 1 ? 'file' : 'files'}: ${[...words, ...(others > 0 ? [`${others} others`] : [])].join(', ')}`;
}

/** Facts that nobody could find out again: the ids of the uploads, and the files that may have arrived. */
export function tellUnreported(jobs: readonly Job[]): string[] {
  const lines = jobs.flatMap(({ path, state, answer }) => {
    if (answer) return [describeUpload(path, answer)];
    return state === 'sending' ? [`${path}: was on its way, and may have arrived`] : [];
  });
  return [...lines, summarize(jobs)];
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((a, b) => a + b, 0);
}
