// One file to one path part, and the workflow that makes its contents.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { dataOf } from '../http/answer.ts';
import type { Upload } from '../http/request.ts';
import { asRecord, type JsonObject, textOf } from '../json.ts';
import { flag, integer } from '../spec/field.ts';

export const WAIT = {
  wait: flag('Wait until the contents are made'),
  'wait-timeout': integer('Longest time to wait, in seconds', { least: 1, preset: 600, needs: 'wait' }),
} as const;

const LONGEST_WAIT = 600;
const PAUSE = 2000;
const ENDED = ['completed', 'failed', 'cancelled', 'canceled', 'terminated', 'timed_out'];

/** The server's answer: document_id, document_version_id, workflow_id. */
export async function upload(
  file: Upload,
  pathPartId: string,
  session: Session,
  context: Context,
): Promise<JsonObject> {
  const answer = await session.send({
    method: 'POST',
    path: '/v1/documents/ingest',
    form: [
      { name: 'path_part_id', value: pathPartId },
      { name: 'name', value: file.name },
      { name: 'file', file },
    ],
  });
  const data = asRecord(dataOf(answer, context.secrets));
  if (textOf(data['document_id']) === undefined) throw new Failure('answer', 'The server named no document');
  return data;
}

/** How the wait ended: what was uploaded stands, whatever became of its workflow. */
export type Ending = { readonly status?: string; readonly failure?: Failure };

export async function endOf(...wait: Parameters<typeof waitFor>): Promise<Ending> {
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
  seconds: number | undefined,
  session: Session,
  { world, secrets }: Context,
): Promise<string> {
  if (workflowId === undefined) throw new Failure('answer', 'The server named no workflow to wait for');
  const end = world.now() + (seconds ?? LONGEST_WAIT) * 1000;
  for (;;) {
    const answer = await session.send({ method: 'GET', path: `/v1/workflows/${encodeURIComponent(workflowId)}` });
    const workflow = asRecord(dataOf(answer, secrets));
    const status = textOf(workflow['status']) ?? textOf(workflow['temporal_status']) ?? 'unknown';
    if (status.toLowerCase() === 'completed') return status;
    if (ENDED.includes(status.toLowerCase())) {
      const reason = textOf(workflow['error']);
      throw new Failure('workflow', `Workflow ${workflowId} ended as ${status}${reason ? `: ${reason}` : ''}`);
    }
    const left = end - world.now();
    if (left <= 0) {
      throw new Failure(
        'workflow',
        `Workflow ${workflowId} is still ${status} after ${seconds ?? LONGEST_WAIT} seconds`,
      );
    }
    await world.sleep(Math.min(PAUSE, left));
  }
}
