// Whether a file that was sent has arrived although nobody said so: by the hash that the server keeps of it.

import { hashFile } from '../files/digest.ts';
import type { JsonObject } from '../json/value.ts';
import type { Version } from './existing.ts';
import type { Job } from './job.ts';
import { toAnswer } from './plan.ts';
import type { Run } from './run.ts';

/** Something that was not there before the file was sent. @property id of the document */
export type Candidate = { readonly id: string; readonly version: Version | undefined };

/**
 * The answer that was lost; undefined where nothing there is this file. Without a hash it is taken for the file, with a
 * warning: it has its name, and came when the file was sent.
 * @throws the system's error for a file that cannot be read any more
 */
export async function findArrived(
  job: Job,
  candidates: readonly Candidate[],
  { context: { log } }: Pick<Run, 'context'>,
): Promise<JsonObject | undefined> {
  if (candidates.length === 0) return undefined;
  job.sha256 = await hashFile(job.file.path);
  const proven = candidates.find(({ version }) => version?.hash === job.sha256);
  const found = proven ?? candidates.find(({ version }) => version?.hash === undefined);
  if (found === undefined) return undefined;
  if (proven === undefined) {
    const advice = 'but the server keeps no SHA-256 to prove that it is this file';
    await log.warn(`${job.path}: the answer was lost. Document ${found.id} is there, ${advice}`);
  }
  return toAnswer(found.id, found.version?.id, found.version?.workflowId);
}
