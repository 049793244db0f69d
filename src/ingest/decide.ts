// What is to be done with a file of which a document of the same name is there, where its contents have to be looked at:
// an earlier run may have sent it, or the contents may be the same.

import { Failure } from '../errors.ts';
import { hashFile } from '../files/digest.ts';
import { type Candidate, findArrived } from './arrival.ts';
import type { Existing, Version } from './existing.ts';
import { isDelivered, type Job } from './job.ts';
import { applyRule, isInDoubt, toAnswer } from './plan.ts';
import type { Run } from './run.ts';

/** Whether it is to be sent: then `existing` and `version` say of what as a new version. @throws Failure */
export async function decide(job: Job, run: Run): Promise<boolean> {
  const versions = once((id: string) => run.server.versionsOf(id));
  if (isInDoubt(job)) {
    await takeArrived(job, versions, run);
    if (isDelivered(job) || applyRule(job, run).state !== 'planned') return false;
  }
  const documents = job.place?.documents.get(job.file.name) ?? [];
  if (documents.length === 0) return true;
  if (run.ifExists === 'compare' && (await isSame(job, documents, versions, run))) return false;
  const [document, another] = documents;
  if (document === undefined || another !== undefined) {
    const ids = documents.map(({ id }) => id).join(', ');
    throw new Failure('conflict', `${documents.length} documents of this name are there: ${ids}`);
  }
  Object.assign(job, { existing: document.id, version: newest(await versions(document.id))?.number ?? 0 });
  return true;
}

type Look = (documentId: string) => Promise<readonly Version[]>;

function once(look: Look): Look {
  const known = new Map<string, Promise<readonly Version[]>>();
  return (id) => {
    const found = known.get(id) ?? look(id);
    known.set(id, found);
    return found;
  };
}

/** By the active versions, and by the newest of all: it becomes the active one only when its contents are made. */
async function isSame(job: Job, documents: readonly Existing[], look: Look, run: Run): Promise<boolean> {
  job.sha256 = await hashFile(job.file.path);
  const versions = documents.flatMap(({ id, active }) => (active ? [{ id, version: active }] : []));
  const find = () => versions.find(({ version }) => version.hash === job.sha256);
  if (find() === undefined) {
    for (const { id } of documents) {
      const version = newest(await look(id));
      if (version) versions.push({ id, version });
    }
  }
  const same = find();
  if (same) {
    const answer = toAnswer(same.id, same.version.id, same.version.workflowId);
    Object.assign(job, { state: 'skipped', answer });
    return true;
  }
  const isKnown = versions.length > 0 && versions.every(({ version }) => version.hash !== undefined);
  if (!isKnown) run.incomparable.push(job);
  return false;
}

/** An earlier run's own, where it came through after all. */
async function takeArrived(job: Job, look: Look, run: Run): Promise<void> {
  const { before, place } = job;
  if (before === undefined) return;
  const isVersion = before.version !== undefined && before.documentId !== undefined;
  const candidates = isVersion
    ? newer(await look(before.documentId ?? ''), before.version ?? 0, before.documentId ?? '')
    : (place?.documents.get(job.file.name) ?? []).flatMap(({ id, active }) => ({ id, version: active }));
  const answer = await findArrived(job, candidates, run);
  if (answer === undefined) return;
  Object.assign(job, { state: isVersion ? 'versioned' : 'uploaded', answer });
  if (isVersion) Object.assign(job, { version: before.version, existing: before.documentId });
}

export function newer(versions: readonly Version[], than: number, documentId: string): Candidate[] {
  return versions.filter(({ number }) => number > than).map((version) => ({ id: documentId, version }));
}

function newest(versions: readonly Version[]): Version | undefined {
  return versions.reduce<Version | undefined>(
    (found, one) => (found && found.number >= one.number ? found : one),
    undefined,
  );
}
