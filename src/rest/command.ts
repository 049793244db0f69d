// The rows of a resource as a group of commands: each sends its request and shows the answer.

import { type Command, type Effect, type Group, type Node, SERVER_EXITS } from '../argv/command.ts';
import { openSession } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { Fields, Input } from '../schema/fields.ts';
import type { Given, Operation, Resource } from '../schema/operations.ts';
import { VIEW } from '../schema/view.ts';
import { composeExample } from './example.ts';
import { readFiles } from './files.ts';
import { toArgs, toConstraints, toFlags } from './flags.ts';
import { areSeveral, listTyped, toOne } from './given.ts';
import { listDropped } from './merge.ts';
import { runOne } from './one.ts';

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
  const run = async (input: Typed, context: Context, isCompared = false) => {
    requireShown(operation, context);
    const typed = { ...listTyped(operation, input), ...(await readFiles(operation, input, context)) };
    await warnOfDropped(operation, typed, context);
    const uploads = operation.form ? await (await import('./uploads.ts')).takeUploads(operation, typed, context) : {};
    const work = { resource, operation, uploads, isYes: input['yes'] === true, isCompared, context };
    return areSeveral(operation, typed)
      ? (await import('./several.ts')).runSeveral(typed, work)
      : runOne(toOne(operation, typed), { ...work, session: await openSession(context) });
  };
  return {
    ...shape,
    effect: findEffect(operation),
    exits: SERVER_EXITS,
    examples: [composeExample(`${resource.name} ${name}`.trim(), shape)],
    run,
    ...(isRead(operation) && {
      read: async (input: Typed, context: Context) => (await run({ ...input, all: true }, context, true)).show,
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
