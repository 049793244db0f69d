// One file on its way: read once, sent, and sent again only where a look shows that it did not arrive.

import { Failure } from '../errors.ts';
import { createDigest } from '../files/digest.ts';
import { lookAtUpload } from '../files/upload.ts';
import type { JsonObject } from '../json/value.ts';
import { type Candidate, findArrived } from './arrival.ts';
import { newer } from './decide.ts';
import { insist } from './doubt.ts';
import { type Job, toEntry } from './job.ts';
import type { Run } from './run.ts';
import { upload } from './upload.ts';

/** @param onProgress told how many bytes have gone @throws Failure */
export async function deliver(job: Job, onProgress: (sent: number) => void, run: Run): Promise<void> {
  const { report, session, options, context } = run;
  const digest = createDigest();
  const attempt = async () => {
    const file = { ...lookAtUpload(job.file.path, 'The file'), onProgress, digest };
    Object.assign(job, { state: 'sending', size: file.size, modified: file.modified, attempts: job.attempts + 1 });
    report.add(job.path, toEntry(job));
    const place =
      job.existing === undefined ? { pathPartId: job.place?.pathPartId ?? '' } : { documentId: job.existing };
    const answer = await upload(file, place, options, session);
    job.sha256 = digest.hex();
    return answer;
  };
  const tell = ({ message }: Failure) => context.log.info(`${job.path}: ${message}. Trying again`);
  job.answer = await insist({ attempt, look: () => look(job, run), tell }, context.world);
  job.state = job.existing === undefined ? 'uploaded' : 'versioned';
}

/** @throws Failure 'conflict' where another one took its place meanwhile */
async function look(job: Job, run: Run): Promise<JsonObject | undefined> {
  const candidates = await listNew(job, run);
  const found = await findArrived(job, candidates, run);
  if (found || candidates.length === 0) return found;
  throw new Failure('conflict', `a document of this name with other contents came meanwhile: ${candidates[0]?.id}`);
}

/** What was not there before it was sent. */
async function listNew({ place, file, existing, version = 0 }: Job, { server }: Run): Promise<Candidate[]> {
  if (existing !== undefined) return newer(await server.versionsOf(existing), version, existing);
  const known = new Set((place?.documents.get(file.name) ?? []).map(({ id }) => id));
  const documents = (await server.documentsIn(place?.pathPartId ?? '')).get(file.name) ?? [];
  return documents.filter(({ id }) => !known.has(id)).map(({ id, active }) => ({ id, version: active }));
}
