// The rows of a resource as a group of commands: each sends its request and shows the answer.

import { type Command, type Effect, type Group, type Node, SERVER_EXITS } from '../argv/command.ts';
import { openSession, type Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import type { CommandResult, Readable } from '../output/result.ts';
import type { Fields, Input } from '../schema/fields.ts';
import type { Given, Operation, Prepared, Resource } from '../schema/operations.ts';
import { VIEW } from '../schema/view.ts';
import { composeExample } from './example.ts';
import { type Answered, exchange } from './exchange.ts';
import { readFiles } from './files.ts';
import { toArgs, toConstraints, toFlags } from './flags.ts';
import { addDefaults, type GivenRow, listTyped, needsIdentity } from './given.ts';
import { layOut } from './layout.ts';
import { listDropped } from './merge.ts';
import { askFirst, askOnTheWay } from './question.ts';
import { toRequest } from './request.ts';
import { describeRest } from './rest-of-list.ts';

/** @param others commands of the group that are no rows */
export function toGroup(summary: string, resource: Resource, others: Readonly<Record<string, Node>> = {}): Group {
  const rows = Object.entries(resource.operations).map(([name, operation]) => [
    name,
    { summary: operation.summary, load: async () => toCommand(resource, name, operation) },
  ]);
  return { summary, commands: { ...Object.fromEntries(rows), ...others } };
}

export function toCommand(resource: Resource, name: string, operation: Operation): Command {
  const flags = { ...toFlags(operation), ...(isRead(operation) && VIEW) };
  const shape = { flags, args: toArgs(operation), constraints: toConstraints(operation) };
  const run = async (input: Typed, context: Context) => {
    requireShown(operation, context);
    const typed = { ...listTyped(operation, input), ...(await readFiles(operation, input, context)) };
    await warnOfDropped(operation, typed, context);
    const uploads = operation.form ? await (await import('./uploads.ts')).takeUploads(operation, typed, context) : {};
    const session = await openSession(context);
    const acting = needsIdentity(operation, typed) ? await session.identity() : session.known;
    const given = addDefaults(operation, typed, acting);
    const row = { resource, operation, given, isYes: input['yes'] === true };
    // Nobody is asked about what is refused anyway, and nothing is asked on the way to it.
    session.requireAllowed(toRequest(operation, { ...given, ...uploads }));
    await askFirst(row, session, context);
    const prepared = await prepare(operation, given, session);
    await askOnTheWay(prepared, row, session, context);
    const { path = operation.path, query, body, columns = operation.columns } = prepared;
    const request = toRequest({ ...operation, path }, { ...given, ...query, ...uploads }, body);
    const answer = await exchange(request, { operation, typed, session, context });
    return show({ ...row, operation: { ...operation, ...(columns && { columns }) } }, typed, answer);
  };
  return {
    ...shape,
    effect: findEffect(operation),
    exits: SERVER_EXITS,
    examples: [composeExample(`${resource.name} ${name}`.trim(), shape)],
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
  const { confirmation } = operation;
  if (isRead(operation)) return 'read';
  return confirmation === undefined ? 'write' : 'delete';
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

/** A secret that is made and not shown would be lost. @throws Failure 'usage' */
function requireShown({ secretKey }: Operation, { settings }: Context): void {
  if (secretKey === undefined || settings.format !== 'id-only') return;
  throw new Failure('usage', `--format id-only would not show the ${secretKey}, and nothing shows it later`);
}

async function warnOfDropped({ body = {} }: Operation, typed: Given, { log }: Context): Promise<void> {
  const dropped = listDropped(body, typed).map((key) => `'${key}'`);
  if (dropped.length === 0) return;
  await log.warn(`The server knows no ${dropped.join(' and no ')}: what is found may be more than was asked for.`);
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
