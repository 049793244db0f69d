// The tree of commands as citty's, which finds the command that a line of words means. The only importer of citty.

import { type CommandDef, defineCommand, runCommand } from 'citty';
import type { Fields } from '../schema/fields.ts';
import { type Group, isBranch, isGroup, type Leaf, type Node, type Route } from './command.ts';
import { usageLine } from './notation.ts';
import { findNames, type Name } from './parse.ts';
import { unknownCommand } from './unknown-command.ts';
import { unknownOption } from './unknown-option.ts';

/** @throws Failure 'usage' for a word that names no command */
export async function route(argv: readonly string[], root: Group, name: string, globals: Fields): Promise<Route> {
  const names = findNames(argv, globals);
  const trail: Route[] = [];
  try {
    await runCommand(toCittyTree(root, [name], trail), { rawArgs: wordsFor(names) });
  } catch (error) {
    if (!isRoutingError(error)) throw error;
  }
  const found = trail.at(-1) ?? { path: [name], node: root };
  const rest = names.slice(found.path.length - 1);
  const isUnknown = isGroup(found.node) && rest.length > 0;
  requireNoStray(names, isUnknown ? found.path.length : found.path.length - 1, found, globals);
  if (isUnknown)
    throw await unknownCommand(
      rest.map(({ word }) => word),
      found,
    );
  return found;
}

/** citty takes the value of an option for a command, and looks for one behind a word with a dash: it gets neither. */
function wordsFor(names: readonly Name[]): string[] {
  const words = names.map(({ word }) => word);
  const dashed = words.findIndex((word) => word.startsWith('-'));
  return dashed === -1 ? words : words.slice(0, dashed);
}

function toCittyTree(node: Leaf | Group, path: readonly string[], trail: Route[]): CommandDef {
  const arrive = () => {
    trail.push({ path, node });
  };
  const meta = { name: path.at(-1) ?? '', description: node.summary };
  if (!isGroup(node)) return defineCommand({ meta, run: arrive });
  return defineCommand({
    meta,
    setup: arrive,
    // Without a prototype, or `kscli constructor` would be a command.
    subCommands: Object.assign(
      Object.create(null),
      Object.fromEntries(
        Object.entries(node.commands).map(([name, child]) => [name, openSubtree(child, [...path, name], trail)]),
      ),
    ),
  });
}

/** A branch is opened when citty comes to it, and not before. */
function openSubtree(node: Node, path: readonly string[], trail: Route[]) {
  if (!isBranch(node)) return toCittyTree(node, path, trail);
  return async () => toCittyTree(await node.open(), path, trail);
}

/** Before the command's name stand global options only: others could take its name for their value. */
function requireNoStray(names: readonly Name[], count: number, { path, node }: Route, globals: Fields): void {
  const stray = names[count - 1]?.stray;
  if (stray === undefined) return;
  const failure = unknownOption(stray, { globals, flags: {}, args: {}, path }, [
    "A command's own options go after its name.",
  ]);
  failure.lines.push(usageLine({ path, node }, undefined));
  throw failure;
}

function isRoutingError(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'E_UNKNOWN_COMMAND' || error.code === 'E_NO_COMMAND')
  );
}
