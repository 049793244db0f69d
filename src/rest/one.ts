// One request of a row: asked about, sent, and its answer laid out.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import type { CommandResult, Readable } from '../output/result.ts';
import type { Given, Operation, Prepared, Resource } from '../schema/operations.ts';
import { type Answered, exchange } from './exchange.ts';
import { addDefaults, type GivenRow, needsIdentity } from './given.ts';
import { layOut } from './layout.ts';
import { type Resolved, resolvePaths } from './paths.ts';
import { askFirst, askOnTheWay } from './question.ts';
import { toRequest } from './request.ts';
import { describeRest } from './rest-of-list.ts';
import { tellWrongKinds } from './wrong-kind.ts';

export type Work = {
  readonly resource: Resource;
  readonly operation: Operation;
  readonly uploads: Given;
  /** The question before it is answered. */
  readonly isYes: boolean;
  /** What is not found is a difference to whoever compares, and needs no second look. */
  readonly isCompared: boolean;
  readonly session: Session;
  readonly context: Context;
};

export async function runOne(words: Given, work: Work): Promise<CommandResult & { readonly show: Readable }> {
  const { operation, uploads, isCompared, context } = work;
  const resolved = await resolvePaths(operation, words, work.session, context);
  const { typed } = resolved;
  const session = isCompared ? work.session : tellWrongKinds(operation, resolved, work.session);
  const row = await toGivenRow(resolved, work);
  // Nobody is asked about what is refused anyway, and nothing is asked on the way to it.
  await session.requireAllowed(toRequest(operation, { ...row.given, ...uploads }));
  await askFirst(row, work.session, context);
  const prepared = await prepare(operation, row.given, session);
  await askOnTheWay(prepared, row, session, context);
  const { path = operation.path, query, body, columns = operation.columns } = prepared;
  const request = toRequest({ ...operation, path }, { ...row.given, ...query, ...uploads }, body);
  const answer = await exchange(request, { operation, typed, session, context });
  return {
    ...show({ ...row, operation: { ...operation, ...(columns && { columns }) } }, typed, answer),
    ...describeLoss(row, answer, work.session),
  };
}

export async function toGivenRow(
  { typed, paths }: Resolved,
  { resource, operation, isYes, session }: Work,
): Promise<GivenRow> {
  const acting = needsIdentity(operation, typed) ? await session.identity() : session.known;
  return { resource, operation, given: addDefaults(operation, typed, acting), paths, isYes };
}

function show(row: GivenRow, typed: Given, answer: Answered): CommandResult & { readonly show: Readable } {
  const { operation } = row;
  const { data, counts, failure } = answer;
  const errors = operation.errorsKey && asRecord(data)[operation.errorsKey];
  const { secretKey } = operation;
  const isSecretShown = secretKey !== undefined && nonEmptyString(asRecord(data)[secretKey]) !== undefined;
  const rest = counts && describeRest(counts, operation, typed);
  const notice = isSecretShown ? `The ${secretKey} is shown only this once.` : rest;
  return {
    show: layOut(row, typed, answer),
    exit: Array.isArray(errors) && errors.length > 0 ? 1 : 0,
    ...(notice && { notice }),
    ...(failure && { failure }),
  };
}

/** A secret that is made and that nobody got stays good until somebody deletes it. */
function describeLoss({ resource, operation }: GivenRow, { data }: Answered, { name }: Session) {
  const id = nonEmptyString(asRecord(data)['id']);
  if (operation.secretKey === undefined || id === undefined) return {};
  const named = name === undefined ? '' : ` --session ${name}`;
  const command = `kscli ${resource.name} delete ${id}${named}`;
  return {
    unread: [`The ${operation.secretKey} ${id} was made all the same, and nothing shows it later. Run: ${command}`],
  };
}

/** @throws Failure 'answer' where the server lacks what is asked on the way */
async function prepare(operation: Operation, given: Given, session: Session): Promise<Prepared> {
  const ask = async (path: string) => asRecord(await session.json({ method: 'GET', path }));
  const prepared = (await operation.prepare?.(given, ask)) ?? {};
  for (const [key, value] of Object.entries(prepared.query ?? {})) {
    // Sent without it, the request would mean something else.
    if (nonEmptyString(value) === undefined)
      throw new Failure('answer', `The server named no ${key.replaceAll('_', ' ')}`);
  }
  return prepared;
}
