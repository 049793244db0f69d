// The tree of commands as citty's, which finds the command that a line of words means. The only importer of citty.

import { type CommandDef, defineCommand, runCommand } from 'citty';
import { Failure } from '../errors.ts';
import { type Fields, takesValue } from '../spec/field.ts';
import { type Group, isBranch, isGroup, type Leaf, type Node } from './command.ts';
import { usageLine } from './help.ts';
import { positionalsIn } from './parse.ts';
import { nearest } from './suggest.ts';

/** Where the words lead: a command, or a group when they end there. */
export type Route = { readonly path: readonly string[]; readonly node: Leaf | Group };

/** @throws Failure 'usage' for a word that names no command */
export async function route(argv: readonly string[], root: Group, name: string, globals: Fields): Promise<Route> {
  const trail: Step[] = [];
  try {
    await runCommand(treeOf(root, [name], globals, trail), { rawArgs: [...argv] });
  } catch (error) {
    if (!isRoutingError(error)) throw error;
    const last = trail.at(-1);
    if (error.code === 'E_UNKNOWN_COMMAND' && last) throw unknownCommand(last, globals);
  }
  return trail.at(-1) ?? { path: [name], node: root };
}

type Step = Route & { readonly rawArgs: readonly string[] };

function treeOf(node: Leaf | Group, path: readonly string[], globals: Fields, trail: Step[]): CommandDef {
  const arrive = ({ rawArgs }: { rawArgs: string[] }) => {
    trail.push({ path, node, rawArgs });
  };
  const meta = { name: path.at(-1) ?? '', description: node.summary };
  if (!isGroup(node)) return defineCommand({ meta, run: arrive });
  return defineCommand({
    meta,
    // Tells citty which options take the next word, so that it is not taken for a command.
    args: cittyArgs(globals),
    setup: arrive,
    // Without a prototype, or `kscli constructor` would be a command.
    subCommands: Object.assign(
      Object.create(null),
      Object.fromEntries(
        Object.entries(node.commands).map(([name, child]) => [name, subtreeOf(child, [...path, name], globals, trail)]),
      ),
    ),
  });
}

/** A branch is opened when citty comes to it, and not before. */
function subtreeOf(node: Node, path: readonly string[], globals: Fields, trail: Step[]) {
  if (!isBranch(node)) return treeOf(node, path, globals, trail);
  return async () => treeOf(await node.open(), path, globals, trail);
}

function cittyArgs(fields: Fields): NonNullable<CommandDef['args']> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      { type: takesValue(field) ? 'string' : 'boolean', ...(field.short && { alias: field.short }) },
    ]),
  );
}

function unknownCommand({ node, path, rawArgs }: Step, globals: Fields): Failure {
  const [word = ''] = positionalsIn(rawArgs, globals);
  const near = nearest(word, isGroup(node) ? Object.keys(node.commands) : []);
  const lines = near ? [`Did you mean '${[...path, near].join(' ')}'?`] : [];
  return new Failure('usage', `Unknown command '${word}'`, { lines: [...lines, usageLine({ node, path }, undefined)] });
}

function isRoutingError(error: unknown): error is Error & { code: 'E_UNKNOWN_COMMAND' | 'E_NO_COMMAND' } {
  return (
    error instanceof Error && 'code' in error && (error.code === 'E_UNKNOWN_COMMAND' || error.code === 'E_NO_COMMAND')
  );
}
