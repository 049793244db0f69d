// The straight line of one command: words → input → settings → command → view → text.

import type { Command } from './argv/command.ts';
import { decodeInput } from './argv/input.ts';
import type { Words } from './argv/parse.ts';
import type { Context } from './context.ts';
import { Failure } from './errors.ts';
import type { Page } from './output/page.ts';
import { type Output, render } from './output/render.ts';
import type { View } from './output/result.ts';
import { createSettingsReader, resolve, resolveAll, type SettingsReader } from './settings/resolve.ts';
import type { SettingName, ValueOf } from './settings/table.ts';

export type Result = { readonly output: Output; readonly exit: number; readonly failure?: Failure | undefined };

/** @throws Failure of any kind */
export async function execute(
  command: Command,
  words: Words,
  { world, log, secrets }: Pick<Context, 'world' | 'log' | 'secrets'>,
): Promise<Result> {
  const reader = createSettingsReader(words.options, world);
  if (resolveOr('debug', false, reader)) log.showDebug();
  const input = decodeInput(words, command);
  // All of them, or none: a bad setting stops a command before it does anything.
  const settings = command.isLenient ? undefined : resolveAll(reader);
  const view: View = await command.run(input, {
    world,
    log,
    secrets,
    reader,
    get settings() {
      return settings ?? resolveAll(reader);
    },
  });
  return { output: await render(view, describePage(reader)), exit: view.exit ?? 0, failure: view.failure };
}

function describePage(reader: SettingsReader): Page {
  const { stdout } = reader.world;
  const noHeader = resolve('noHeader', reader).value;
  // Only doctor gets here with a format that is wrong, and says so in its table.
  return {
    format: resolveOr('format', 'table', reader),
    noHeader,
    isTerminal: stdout.isTerminal,
    width: stdout.columns,
  };
}

/** For what must not end a command by itself: its value is told as wrong when the command asks for all of them. */
function resolveOr<N extends SettingName>(name: N, otherwise: ValueOf<N>, reader: SettingsReader): ValueOf<N> {
  try {
    return resolve(name, reader).value;
  } catch (error) {
    if (error instanceof Failure) return otherwise;
    throw error;
  }
}
