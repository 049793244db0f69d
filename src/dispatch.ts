// Dispatch: from words to a command, its help, or a suggestion.

import { type Command, isGroup, type Route } from './argv/command.ts';
import { pickExamples } from './argv/examples.ts';
import { globalFields } from './argv/globals.ts';
import { helpFor } from './argv/help.ts';
import { chooseWidth } from './argv/layout.ts';
import { usageLine } from './argv/notation.ts';
import { type Parsed, parse } from './argv/parse.ts';
import { route } from './argv/route.ts';
import { expandShorthand } from './argv/shorthand.ts';
import { COMMANDS } from './commands/index.ts';
import { EXIT, Failure } from './errors.ts';
import type { Outcome, Surroundings } from './execute.ts';
import type { Fields } from './schema/fields.ts';
import { versionLine } from './version.ts';

/** The text for stdout, and the exit code. @throws Failure of any kind */
export async function dispatch(typed: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  const globals = globalFields();
  const argv = expandShorthand(typed, globals);
  const found = await route(argv, COMMANDS, 'kscli', globals);
  const command = isGroup(found.node) ? undefined : await found.node.load();
  try {
    const { flags = {}, args = {} } = command ?? {};
    const parsed = parse(argv, { globals, flags, args, path: found.path });
    if (parsed.globals['version'] && !parsed.globals['help']) return { output: versionLine(), exit: EXIT.success };
    if (command === undefined || parsed.globals['help'])
      return { output: await composeHelp(found, command, globals, surroundings), exit: EXIT.success };
    // Help needs no settings, credentials or formats.
    const { execute } = await import('./execute.ts');
    return await execute(command, withoutPath(parsed, found), found.path.slice(1).join(' '), surroundings);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'usage') error.lines.push(usageLine(found, command));
    throw error;
  }
}

async function composeHelp(
  { path, node }: Route,
  command: Command | undefined,
  globals: Fields,
  { world }: Surroundings,
): Promise<string> {
  const page = isGroup(node) ? { ...node, examples: await pickExamples(node) } : node;
  return helpFor({ path, node: page }, command, globals, chooseWidth(world.stdout.columns));
}

/** The first words are the names of the command itself. */
function withoutPath(parsed: Parsed, { path }: Route): Parsed {
  return { ...parsed, positionals: parsed.positionals.slice(path.length - 1) };
}
