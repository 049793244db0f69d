// One file to one path part, and the workflow that makes its contents.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { Upload } from '../files/upload.ts';
import { asRecord, type JsonObject, nonEmptyString } from '../json/value.ts';
import { flag, integer } from '../schema/fields.ts';

export const WAIT = {
  wait: flag('Wait until the contents are made'),
  'wait-timeout': integer('Longest time to wait, in seconds', { min: 1, default: 600, requires: 'wait' }),
} as const;

const PAUSE_MS = 2000;
const LAST_LOOK_MS = 1000;
const FAILED = ['failed', 'cancelled', 'canceled', 'terminated', 'timed_out'];

/** The server's answer: document_id, document_version_id, workflow_id. */
export async function upload(file: Upload, pathPartId: string, session: Session): Promise<JsonObject> {
  const answer = await session.json({
    method: 'POST',
    path: '/v1/documents/ingest',
    form: [
      { name: 'path_part_id', value: pathPartId },
      { name: 'name', value: file.name },
      { name: 'file', file },
    ],
  });
  const data = asRecord(answer);
  if (nonEmptyString(data['document_id']) === undefined) throw new Failure('answer', 'The server named no document');
  return data;
}

/** How the wait ended: what was uploaded stands, whatever became of its workflow. */
export type Ending = { readonly status?: string; readonly failure?: Failure };

export async function awaitEnd(...wait: Parameters<typeof waitFor>): Promise<Ending> {
  try {
    return { status: await waitFor(...wait) };
  } catch (error) {
    if (error instanceof Failure) return { failure: error };
    throw error;
  }
}

/** The workflow's last status. @param seconds the most to wait @throws Failure 'workflow' for one that failed or takes longer */
async function waitFor(
  workflowId: string | undefined,
  seconds: number,
  session: Session,
  context: Context,
): Promise<string> {
  const { world } = context;
  if (workflowId === undefined) throw new Failure('answer', 'The server named no workflow to wait for');
  const end = world.now() + seconds * 1000;
  for (let seen = 'running'; ; ) {
    const workflow = await look(workflowId, Math.max(LAST_LOOK_MS, end - world.now()), session, context);
    seen = nonEmptyString(workflow?.['status']) ?? nonEmptyString(workflow?.['temporal_status']) ?? seen;
    if (seen.toLowerCase() === 'completed') return seen;
    if (FAILED.includes(seen.toLowerCase())) {
      const reason = nonEmptyString(workflow?.['error']) ?? '';
      throw new Failure('workflow', `Workflow ${workflowId} ended as ${seen}${reason ? `: ${reason}` : ''}`);
    }
    const left = end - world.now();
    if (left <= 0) throw new Failure('workflow', `Workflow ${workflowId} is still ${seen} after ${seconds} seconds`);
    await world.sleep(Math.min(PAUSE_MS, left));
  }
}

/** undefined where the time is over before the answer is there. @param left milliseconds */
async function look(id: string, left: number, session: Session, { world }: Context) {
  const end = world.now() + left;
  try {
    const request = { method: 'GET', path: `/v1/workflows/${encodeURIComponent(id)}`, timeout: left / 1000 };
    return asRecord(await session.json(request));
  } catch (error) {
    if (error instanceof Failure && error.kind === 'network' && world.now() >= end) return undefined;
    throw error;
  }
}
