// One file of a bulk upload: where it goes, what is known of it, and what came of it.

import { Failure } from '../errors.ts';
import type { Found } from '../files/walk.ts';
import { type JsonObject, nonEmptyString } from '../json/value.ts';
import { joinLines } from '../terminal/sanitize.ts';
import type { Entry } from './entry.ts';
import type { Place } from './target.ts';

export type Job = {
  /** From the top directory on, with slashes. */
  readonly path: string;
  readonly file: Found;
  place?: Place;
  /**
   * `versioned` is uploaded as a new version of what was there. An unfinished one is there too, but its workflow has failed,
   * takes longer or is still waited for.
   */
  state: 'planned' | 'sending' | 'uploaded' | 'versioned' | 'unfinished' | 'skipped' | 'failed';
  /** Bytes; undefined where nobody could look. */
  size?: number;
  /** Milliseconds since the epoch. */
  modified?: number;
  /** SHA-256 in hex, of what was sent or compared. */
  sha256?: string;
  answer?: JsonObject;
  /** The document of which a new version is sent, and the highest version that it had. */
  existing?: string;
  version?: number;
  /** The last word of its workflow. */
  status?: string;
  /** Of this run and those before it. */
  attempts: number;
  error?: string;
  /** What an earlier run reported of it. */
  readonly before: Entry | undefined;
  /** Done by an earlier run, and unchanged. */
  isTakenOver?: boolean;
};

/** Whether the server has it now. */
export function isDelivered({ state }: Job): boolean {
  return state === 'uploaded' || state === 'versioned' || state === 'unfinished';
}

/** For the report. @property version the highest one before, where a new one is sent */
export function toEntry(job: Job): Entry {
  const { size, modified, sha256, state, answer, existing, version, status, attempts, error } = job;
  const id = (key: string) => nonEmptyString(answer?.[key]);
  return {
    size,
    modified,
    sha256,
    state,
    documentId: id('document_id') ?? existing,
    versionId: id('document_version_id'),
    workflowId: id('workflow_id'),
    version,
    status,
    attempts,
    error,
  };
}

/** In one line: what happened, and the fields that a server refuses. */
export function toWords(error: unknown): string {
  return joinLines(
    error instanceof Failure ? [error.message, ...error.lines].filter(Boolean).join('; ') : String(error),
  );
}

export function toLine({ path, error }: Job): string {
  return `${path}: ${error}`;
}
