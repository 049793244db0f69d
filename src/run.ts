// The straight line of one command: words → route → input → settings → command → view → text.

import { type Command, isGroup } from './command/command.ts';
import { globalFields } from './command/globals.ts';
import { helpFor, usageLine } from './command/help.ts';
import { decodeInput, parseWords, type Words } from './command/parse.ts';
import { type Route, route } from './command/route.ts';
import { COMMANDS } from './commands/index.ts';
import type { Context } from './context.ts';
import { Failure } from './errors.ts';
import { render } from './output/render.ts';
import type { Settings } from './settings/resolve.ts';
import { createSettingsReader, resolve, resolveAll } from './settings/resolve.ts';
import { versionLine } from './version.ts';
import type { World } from './world.ts';

/** The text for stdout. @throws Failure of any kind */
export async function run(
  argv: readonly string[],
  surroundings: Pick<Context, 'world' | 'log' | 'secrets'>,
): Promise<string> {
  const globals = globalFields();
  const found = await route(argv, COMMANDS, 'kscli', globals);
  const command = isGroup(found.node) ? undefined : await found.node.load();
  try {
    const words = parseWords(argv, { ...globals, ...command?.options });
    if (words.options['help'] || argv.length === 0) return helpFor(found, command, globals);
    if (words.options['version']) return versionLine();
    if (command === undefined) throw missingCommand(found);
    return await execute(command, withoutPath(words, found), surroundings);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'usage') error.lines.push(usageLine(found, command));
    throw error;
  }
}

async function execute(
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

function pageOf({ format, noHeader }: Settings, { stdout }: World) {
  return { format, noHeader, isTerminal: stdout.isTerminal, width: stdout.columns };
}

/** The first words are the names of the command itself. */
function withoutPath({ options, positionals }: Words, { path }: Route): Words {
  return { options, positionals: positionals.slice(path.length - 1) };
}

function missingCommand({ node, path }: Route): Failure {
  const names = isGroup(node) ? Object.keys(node.commands).join(', ') : '';
  return new Failure('usage', `Missing command after '${path.join(' ')}': ${names}`);
}
