// The tree of commands as citty's, which finds the command that a line of words means. The only importer of citty.

import { type CommandDef, defineCommand, runCommand } from 'citty';
import { Failure } from '../errors.ts';
import type { Fields } from '../schema/fields.ts';
import { nearest } from '../schema/suggest.ts';
import { type Group, isBranch, isGroup, type Leaf, type Node, type Route } from './command.ts';
import { usageLine } from './help.ts';
import { findNames, type Name, unknownOption } from './parse.ts';

/** @throws Failure 'usage' for a word that names no command */
export async function route(argv: readonly string[], root: Group, name: string, globals: Fields): Promise<Route> {
  const names = findNames(argv, globals);
  const trail: Route[] = [];
  let isUnknown = false;
  try {
    await runCommand(toCittyTree(root, [name], trail), { rawArgs: wordsFor(names) });
  } catch (error) {
    if (!isRoutingError(error)) throw error;
    isUnknown = error.code === 'E_UNKNOWN_COMMAND';
  }
  const found = trail.at(-1) ?? { path: [name], node: root };
  requireNoStray(names, isUnknown ? found.path.length : found.path.length - 1, found, globals);
  if (isUnknown) throw unknownCommand(names, found);
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
function requireNoStray(names: readonly Name[], count: number, found: Route, globals: Fields): void {
  const stray = names[count - 1]?.stray;
  if (stray === undefined) return;
  const failure = unknownOption(stray, globals, ["A command's own options go after its name."]);
  failure.lines.push(usageLine(found, undefined));
  throw failure;
}

function unknownCommand(names: readonly Name[], { node, path }: Route): Failure {
  const word = names[path.length - 1]?.word ?? '';
  const near = nearest(word, isGroup(node) ? Object.keys(node.commands) : []);
  const lines = near ? [`Did you mean '${[...path, near].join(' ')}'?`] : [];
  return new Failure('usage', `Unknown command '${word}'`, { lines: [...lines, usageLine({ node, path }, undefined)] });
}

function isRoutingError(error: unknown): error is Error & { code: 'E_UNKNOWN_COMMAND' | 'E_NO_COMMAND' } {
  return (
    error instanceof Error && 'code' in error && (error.code === 'E_UNKNOWN_COMMAND' || error.code === 'E_NO_COMMAND')
  );
}
