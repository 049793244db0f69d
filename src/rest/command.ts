// The rows of a resource as a group of commands: each sends its request and shows the answer.

import type { Command, Group, Node } from '../argv/command.ts';
import { requireConfirmation } from '../auth/confirm.ts';
import { openSession, type Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { dataOf, isEmpty } from '../http/answer.ts';
import { pagesOf } from '../http/pages.ts';
import type { ApiRequest } from '../http/request.ts';
import { asRecord, type Json, textOf } from '../json/parse.ts';
import type { Pages, View } from '../output/result.ts';
import { type Given, nameOf, type Operation, placeholdersOf, type Resource, SCREENFUL } from '../schema/operations.ts';
import { argumentsOf, exampleOf, givenOf, optionsOf, rulesOf } from './flags.ts';
import { requestFor } from './request.ts';

/** @param others commands of the group that are no rows */
export function groupOf(summary: string, resource: Resource, others: Readonly<Record<string, Node>> = {}): Group {
  const rows = Object.entries(resource.operations).map(([name, operation]) => [
    name,
    { summary: operation.summary, load: async () => commandOf(resource, name, operation) },
  ]);
  return { summary: `${summary}.`, commands: { ...Object.fromEntries(rows), ...others } };
}

export function commandOf(resource: Resource, name: string, operation: Operation): Command {
  const shape = { options: optionsOf(operation), arguments: argumentsOf(operation), rules: rulesOf(operation) };
  return {
    ...shape,
    examples: [exampleOf(`${resource.name} ${name}`, shape)],
    run: async (input, context) => {
      const given = givenOf(operation, input);
      const session = await openSession(context);
      await askFirst(operation, given, input, session, context);
      const request = await requestOf(operation, given, session, context);
      return show(resource, operation, given, await answerTo(request, given, session, context));
    },
  };
}

async function askFirst(
  { question }: Operation,
  given: Given,
  input: Readonly<Record<string, unknown>>,
  session: Session,
  context: Context,
): Promise<void> {
  if (question === undefined) return;
  await requireConfirmation(sentence(question, given), input['yes'] === true, session.identity, context);
}

function sentence(template: string, given: Given): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => String(given[key]));
}

async function requestOf(operation: Operation, given: Given, session: Session, context: Context): Promise<ApiRequest> {
  const ask = async (path: string) => {
    const answer = await session.send({ method: 'GET', path });
    return asRecord(dataOf(answer, context.secrets));
  };
  const { path, query = {} } = (await operation.adjust?.(given, ask)) ?? {};
  for (const [key, value] of Object.entries(query)) {
    // Sent without it, the request would mean something else.
    if (textOf(value) === undefined) throw new Failure('answer', `The server named no ${key.replaceAll('_', ' ')}`);
  }
  return requestFor({ ...operation, ...(path && { template: path }) }, { ...given, ...query }, session.identity);
}

type Answer = { readonly data: Json } | { readonly pages: Pages };

/** undefined for an answer without content. */
async function answerTo(
  request: ApiRequest,
  given: Given,
  session: Session,
  { log, secrets }: Context,
): Promise<Answer | undefined> {
  if (given['all']) {
    const { limit } = given;
    // The default is a screenful; to the end it goes in the largest steps.
    const size = typeof limit === 'number' && limit !== SCREENFUL ? limit : undefined;
    const ask = async (page: ApiRequest) => dataOf(await session.send(page), secrets);
    return { pages: pagesOf(request, ask, log, size) };
  }
  const answer = await session.send(request);
  // What was only to be read must be there.
  return isEmpty(answer) && request.method !== 'GET' ? undefined : { data: dataOf(answer, secrets) };
}

function show(resource: Resource, operation: Operation, given: Given, answer: Answer | undefined): View {
  const { done, rows, tree } = operation;
  const text = (done && sentence(done, given)) ?? (answer === undefined ? 'Done' : undefined);
  const key = placeholdersOf(operation.template).at(-1) ?? resource.id;
  const typedId = textOf(given[key]);
  return {
    ...(answer ?? { data: { ...pick(given), [operation.method === 'DELETE' ? 'deleted' : 'done']: true } }),
    ...(text && { text: `${text}\n` }),
    columns: operation.columns ?? resource.columns,
    id: answer === undefined ? key : (operation.id ?? resource.id),
    ...(typedId && { typedId }),
    ...(rows && { rows }),
    ...(tree && { tree: { parent: tree.parent, label: (row) => (tree.label ?? nameOf)(row, given) } }),
  };
}

/** The ids that were typed, to say what was done to whom. */
function pick(given: Given): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      key.endsWith('_id') && typeof value === 'string' ? [[key, value]] : [],
    ),
  );
}
