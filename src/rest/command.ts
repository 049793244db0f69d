// The rows of a resource as a group of commands: each sends its request and shows the answer.

import { type Command, type Effect, type Group, type Node, SERVER_EXITS } from '../argv/command.ts';
import { requireConfirmation } from '../auth/confirm.ts';
import { openSession, type Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { bodyText, dataOf, isEmpty } from '../http/answer.ts';
import { type Pages, readPages, toPages } from '../http/pages.ts';
import type { ApiRequest } from '../http/request.ts';
import { openLongList } from '../json/long-list.ts';
import { asRecord, type Json, nonEmptyString } from '../json/value.ts';
import { findRows, findTotal, type Readable } from '../output/result.ts';
import type { Fields, Input } from '../schema/fields.ts';
import { type Given, listPlaceholders, nameRow, type Operation, type Resource } from '../schema/operations.ts';
import { readFiles } from './files.ts';
import { addDefaults, composeExample, listTyped, toArgs, toConstraints, toFlags } from './flags.ts';
import { needsIdentity, toRequest } from './request.ts';
import { type Counts, describeRest } from './rest-of-list.ts';
import { nameSubject } from './subject.ts';

/** @param others commands of the group that are no rows */
export function toGroup(summary: string, resource: Resource, others: Readonly<Record<string, Node>> = {}): Group {
  const rows = Object.entries(resource.operations).map(([name, operation]) => [
    name,
    { summary: operation.summary, load: async () => toCommand(resource, name, operation) },
  ]);
  return { summary, commands: { ...Object.fromEntries(rows), ...others } };
}

export function toCommand(resource: Resource, name: string, operation: Operation): Command {
  const shape = { flags: toFlags(operation), args: toArgs(operation), constraints: toConstraints(operation) };
  const run = async (input: Typed, context: Context) => {
    const typed = { ...listTyped(operation, input), ...(await readFiles(operation, input, context)) };
    const given = addDefaults(operation, typed);
    const session = await openSession(context);
    const request = await prepareRequest(operation, given, session);
    // Nobody is asked about what is refused anyway.
    session.requireAllowed(request);
    await askFirst(operation, given, input, session, context);
    const answer = await requestAnswer(request, operation, typed, session, context);
    const notice = answer?.counts && describeRest(answer.counts, operation, typed);
    return { show: layOut(resource, operation, given, answer?.show), ...(notice && { notice }) };
  };
  return {
    ...shape,
    effect: findEffect(operation),
    exits: SERVER_EXITS,
    examples: [composeExample(`${resource.name} ${name}`, shape)],
    run,
    ...(isRead(operation) && {
      read: async (input: Typed, context: Context) => (await run({ ...input, all: true }, context)).show,
    }),
  };
}

type Typed = Input<Fields>;

function isRead({ method, isSafe }: Operation): boolean {
  return isSafe === true || method === 'GET';
}

/** A question is asked where something is lost. */
function findEffect(operation: Operation): Effect {
  const { method, confirmation } = operation;
  if (isRead(operation)) return 'read';
  return method === 'DELETE' || confirmation !== undefined ? 'delete' : 'write';
}

async function askFirst(
  operation: Operation,
  given: Given,
  input: Typed,
  session: Session,
  context: Context,
): Promise<void> {
  const { confirmation } = operation;
  if (confirmation === undefined) return;
  const describe = async () => fillIn(confirmation, await nameSubject(operation, given, session));
  const question = { action: fillIn(confirmation, given), describe, isYes: input['yes'] === true };
  await requireConfirmation(question, session, context);
}

function fillIn(template: string, given: Given): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => String(given[key]));
}

async function prepareRequest(operation: Operation, given: Given, session: Session): Promise<ApiRequest> {
  const ask = async (path: string) => asRecord(await session.json({ method: 'GET', path }));
  const { path, query = {} } = (await operation.prepare?.(given, ask)) ?? {};
  for (const [key, value] of Object.entries(query)) {
    // Sent without it, the request would mean something else.
    if (nonEmptyString(value) === undefined)
      throw new Failure('answer', `The server named no ${key.replaceAll('_', ' ')}`);
  }
  const acting = needsIdentity(operation, given) ? await session.identity() : session.known;
  return toRequest({ ...operation, ...(path && { path }) }, { ...given, ...query }, acting);
}

type Shown = { readonly data: Json } | { readonly pages: Pages };
/** @property counts of a list that is no more than one answer */
type Answer = { readonly show: Shown; readonly counts?: Counts };

/** undefined for an answer without content. */
async function requestAnswer(
  request: ApiRequest,
  { itemsKey }: Operation,
  { all, limit }: Given,
  session: Session,
  { log }: Context,
): Promise<Answer | undefined> {
  // To the end it goes in the largest steps, where nobody wants others.
  const size = typeof limit === 'number' ? limit : undefined;
  if (all) return { show: { pages: readPages(request, session.json, log, size) } };
  const answer = await session.send(request);
  // An answer to a read must have content.
  if (isEmpty(answer) && request.method !== 'GET') return undefined;
  const list = openLongList(bodyText(answer), itemsKey);
  if (list)
    return { show: { pages: toPages(list) }, counts: { rows: list.count, total: asRecord(list.frame)['total'] } };
  const data = dataOf(answer);
  return {
    show: { data },
    counts: { rows: findRows({ data, itemsKey })?.length, total: findTotal({ data, itemsKey }) },
  };
}

function layOut(resource: Resource, operation: Operation, given: Given, answer: Shown | undefined): Readable {
  const { successMessage, itemsKey, tree } = operation;
  const text = (successMessage && fillIn(successMessage, given)) ?? (answer === undefined ? 'Done' : undefined);
  const key = listPlaceholders(operation.path).at(-1) ?? resource.id;
  const typedId = nonEmptyString(given[key]);
  return {
    ...(answer ?? { data: { ...listIds(given), [operation.method === 'DELETE' ? 'deleted' : 'done']: true } }),
    ...(text && { text: `${text}\n` }),
    columns: operation.columns ?? resource.columns,
    id: answer === undefined ? key : (operation.id ?? resource.id),
    ...(typedId && { typedId }),
    ...(itemsKey && { itemsKey }),
    ...(tree && { tree: { parent: tree.parent, label: (row) => (tree.label ?? nameRow)(row, given) } }),
  };
}

/** The ids that were typed, to say what was done to whom. */
function listIds(given: Given): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      key.endsWith('_id') && typeof value === 'string' ? [[key, value]] : [],
    ),
  );
}
