// From words to an exit code. The one place that catches everything and turns a failure into words and a number.

import { dispatch } from './dispatch.ts';
import { describeCause, Failure, findCode } from './errors.ts';
import type { Output } from './output/render.ts';
import { ADMIN_KEY, API_KEY } from './settings/table.ts';
import { createLog, type Log } from './terminal/log.ts';
import { createRedactor } from './terminal/redact.ts';
import type { Sink, World } from './world.ts';

/** Runs one command line, without the program's own name. Never throws. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  const redactor = createRedactor();
  // Before anything can go wrong: the command line may hold a key too.
  for (const { variable } of [ADMIN_KEY, API_KEY]) redactor.conceal(world.env[variable]);
  const log = createLog(world, redactor);
  try {
    const { output, exit, unread, end } = await dispatch(argv, { world, log, redactor });
    const isRead = await print(output, { world, log, unread });
    const ended = end?.() ?? { exit, notices: [] };
    if (isRead) for (const notice of ended.notices) await log.info(notice);
    return ended.failure ? report(ended.failure, log) : ended.exit;
  } catch (error) {
    return report(error, log);
  }
}

/** @property unread of what must not be lost */
type Printing = { readonly world: World; readonly log: Log; readonly unread: readonly string[] | undefined };

/** Parts are written as they come, until nobody reads them any more: whether all were. */
async function print(output: Output, { world, log, unread }: Printing): Promise<boolean> {
  for await (const part of typeof output === 'string' ? [output] : output) {
    const cause = await tryWrite(part, world.stdout);
    log.follow(part);
    if (cause === undefined) continue;
    // The reader has all that it wanted (`| head -1`).
    if (findCode(cause) === 'EPIPE' && unread === undefined) return false;
    throw new Failure('disk', `The output could not be written: ${describeCause(cause)}`, {
      lines: unread ?? [],
      cause,
    });
  }
  return true;
}

/** Why it could not be written; undefined where it was. */
async function tryWrite(data: string | Uint8Array, stdout: Sink): Promise<unknown> {
  try {
    await stdout.write(data);
    return undefined;
  } catch (cause) {
    return cause;
  }
}

async function report(error: unknown, log: Log): Promise<number> {
  const failure = error instanceof Failure ? error : unexpected(error);
  await log.error([failure.message, ...failure.lines]);
  for (let cause = failure.cause; cause instanceof Error; cause = cause.cause) {
    const code = findCode(cause);
    await log.debug(`caused by ${cause.name}: ${cause.message}${code ? ` (${code})` : ''}`);
  }
  return failure.exitCode;
}

function unexpected(cause: unknown): Failure {
  return new Failure('internal', cause instanceof Error ? cause.message : String(cause), {
    lines: ['This is a bug in kscli. Please report it with the output of the same command with --debug.'],
    cause,
  });
}
