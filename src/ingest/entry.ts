// The lines of a bulk upload's report: one that says whose it is, then one a file as it ends, and one as it begins to be
// sent, so that a kill leaves no doubt about which files were on their way. The last line of a file counts.

import type { Identity } from '../auth/identity.ts';
import { type JsonObject, nonEmptyString } from '../json/value.ts';

/** What all lines of a report are about; a run with another of these is another run. */
export type Subject = {
  readonly base_url: string;
  readonly tenant_id: string;
  readonly user_id: string;
  /** Absolute. */
  readonly directory: string;
  readonly path_part_id: string;
};

/** @property modified milliseconds since the epoch @property version the highest one before a new version was sent */
export type Entry = {
  readonly size: number | undefined;
  readonly modified: number | undefined;
  readonly sha256: string | undefined;
  readonly state: string;
  readonly documentId: string | undefined;
  readonly versionId: string | undefined;
  readonly workflowId: string | undefined;
  readonly version: number | undefined;
  readonly status: string | undefined;
  readonly attempts: number;
  readonly error: string | undefined;
};

const TITLE = 'kscli folders bulk-ingest';

export function describeSubject(
  baseUrl: string,
  { tenantId, userId }: Identity,
  where: Pick<Subject, 'directory' | 'path_part_id'>,
): Subject {
  return { base_url: new URL(baseUrl).href.replace(/\/$/, ''), tenant_id: tenantId, user_id: userId, ...where };
}

export function writeHeader(subject: Subject, now: number): string {
  return JSON.stringify({ report: TITLE, v: 1, ...subject, started_at: toTime(now) });
}

/** undefined for a line of something else. */
export function readHeader(line: JsonObject): Subject | undefined {
  if (line['report'] !== TITLE || String(line['v']) !== '1') return undefined;
  const text = (key: keyof Subject) => nonEmptyString(line[key]) ?? '';
  return {
    base_url: text('base_url'),
    tenant_id: text('tenant_id'),
    user_id: text('user_id'),
    directory: text('directory'),
    path_part_id: text('path_part_id'),
  };
}

/** One that is on its way, or has ended. */
export function writeEntry(path: string, entry: Entry, now: number): string {
  const { size, modified, sha256, state, documentId, versionId, workflowId, version, status, attempts, error } = entry;
  return JSON.stringify({
    path,
    size: size ?? null,
    modified: modified === undefined ? null : toTime(modified),
    sha256: sha256 ?? null,
    state,
    document_id: documentId ?? null,
    document_version_id: versionId ?? null,
    workflow_id: workflowId ?? null,
    ...(version !== undefined && { version }),
    ...(status !== undefined && { status }),
    attempts,
    error: error ?? null,
    at: toTime(now),
  });
}

/** undefined for a line of something else. */
export function readEntry(line: JsonObject): (Entry & { readonly path: string }) | undefined {
  const [path, state] = ['path', 'state'].map((key) => nonEmptyString(line[key]));
  if (path === undefined || state === undefined) return undefined;
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  return {
    path,
    state,
    size: number(line['size']),
    modified: number(Date.parse(nonEmptyString(line['modified']) ?? '')),
    sha256: nonEmptyString(line['sha256']),
    documentId: nonEmptyString(line['document_id']),
    versionId: nonEmptyString(line['document_version_id']),
    workflowId: nonEmptyString(line['workflow_id']),
    version: number(line['version']),
    status: nonEmptyString(line['status']),
    attempts: number(line['attempts']) ?? 0,
    error: nonEmptyString(line['error']),
  };
}

const LAST_TIME = 8.64e15;

/** As good as a report keeps it: to the millisecond. */
export function toTime(milliseconds: number): string {
  return new Date(Math.min(LAST_TIME, Math.max(-LAST_TIME, Math.floor(milliseconds)))).toISOString();
}
