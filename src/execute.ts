// The straight line of one command: words → input → settings → command → view → text.

import type { Command } from './command/command.ts';
import { decodeInput, type Words } from './command/parse.ts';
import type { Context } from './context.ts';
import { type Page, render } from './output/render.ts';
import { createSettingsReader, resolve, resolveAll, type Settings } from './settings/resolve.ts';
import type { World } from './world.ts';

/** @throws Failure of any kind */
export async function execute(
  command: Command,
  words: Words,
  { world, log, secrets }: Pick<Context, 'world' | 'log' | 'secrets'>,
): Promise<string> {
  const reader = createSettingsReader(words.options, world);
  if (resolve('debug', reader).value) log.showDebug();
  const input = decodeInput(words, command.options, command.arguments);
  const settings = resolveAll(reader);
  const view = await command.run(input, { world, log, secrets, reader, settings });
  return render(view, pageOf(settings, world));
}

function pageOf({ format, noHeader }: Settings, { stdout }: World): Page {
  return { format, noHeader, isTerminal: stdout.isTerminal, width: stdout.columns };
}
