// The request of a row, and its answer: page by page, with a file that takes its time, or with a workflow to wait for.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import type { Failure } from '../errors.ts';
import { bodyText, dataOf, isEmpty } from '../http/answer.ts';
import { type Pages, readPages, toPages } from '../http/pages.ts';
import type { Answer, ApiRequest } from '../http/request.ts';
import { openLongList } from '../json/long-list.ts';
import { asRecord, isObject, type Json, type JsonObject, nonEmptyString, withFields } from '../json/value.ts';
import { findRows, findTotal } from '../output/result.ts';
import type { Given, Operation } from '../schema/operations.ts';
import type { Counts } from './rest-of-list.ts';

export type Answered = {
  /** Of a list that is no more than one answer. */
  readonly counts?: Counts;
  /** Absent for pages, and for an answer without content. */
  readonly data?: Json;
  readonly pages?: Pages;
  /** Something was there already, and is changed. */
  readonly isChanged?: boolean;
  /** Of the workflow that was waited for; what is shown stands all the same. */
  readonly failure?: Failure;
};

type Sender = {
  readonly operation: Operation;
  readonly typed: Given;
  readonly session: Session;
  readonly context: Context;
};

export async function exchange(request: ApiRequest, sender: Sender): Promise<Answered> {
  const { operation, typed, session, context } = sender;
  const { all, limit, recursive } = typed;
  if (recursive) return { pages: await (await import('./recursive.ts')).listBelow(request, typed, session, context) };
  // To the end it goes in the largest steps, where nobody wants others.
  if (all)
    return { pages: readPages(request, session.json, context.log, typeof limit === 'number' ? limit : undefined) };
  const answer = await (request.form ? sendFile(request, sender) : session.send(request));
  const isChanged = operation.changedMessage !== undefined && answer.status === 200;
  // An answer to a read must have content.
  if (isEmpty(answer) && request.method !== 'GET') return { isChanged };
  const { data, ...list } = readAnswer(answer, operation);
  const secret = operation.secretKey && nonEmptyString(asRecord(data)[operation.secretKey]);
  if (secret) context.conceal(secret);
  if (typed['wait'] && data !== undefined && isObject(data)) return awaitWorkflow(data, request, sender);
  return { ...(data !== undefined && { data }), ...list, isChanged };
}

/** A long list is kept as its text, and read part by part. */
function readAnswer(answer: Answer, { itemsKey }: Operation): Pick<Answered, 'data' | 'pages' | 'counts'> {
  const list = openLongList(bodyText(answer), itemsKey);
  if (list) return { pages: toPages(list), counts: { rows: list.count, total: asRecord(list.frame)['total'] } };
  const data = dataOf(answer);
  return { data, counts: { rows: findRows({ data, itemsKey })?.length, total: findTotal({ data, itemsKey }) } };
}

async function sendFile(request: ApiRequest, { session, context }: Sender) {
  const { showProgress } = await import('./uploads.ts');
  const shown = showProgress(request, context);
  return session.send(shown.request).finally(shown.end);
}

async function awaitWorkflow(data: JsonObject, request: ApiRequest, sender: Sender): Promise<Answered> {
  const { operation, typed, session, context } = sender;
  const { awaitEnd } = await import('./wait.ts');
  const name = request.form?.flatMap((part) => ('file' in part ? [part.file.name] : []))[0];
  context.world.onInterrupt(() => [context.log.present(describeIds(name, data))]);
  const seconds = Number(typed['wait_timeout'] ?? 600);
  const isLive = operation.waitsFor === 'workflow';
  const { status, failure } = await awaitEnd(nonEmptyString(data['workflow_id']), {
    seconds,
    isLive,
    session,
    context,
  });
  return { data: status ? withFields(data, { status }) : data, ...(failure && { failure }) };
}

/** Ids that would be lost untold: `report.pdf: document D, workflow W`. */
function describeIds(name: string | undefined, data: JsonObject): string {
  const ids = Object.entries(data).flatMap(([key, value]) =>
    key.endsWith('_id') ? [`${key.slice(0, -'_id'.length).replaceAll('_', ' ')} ${value}`] : [],
  );
  return (name === undefined ? '' : `${name}: `) + ids.join(', ');
}
