// Every command with its flags and arguments, as completion and the text for language models need them.

import { type Command, isBranch, isGroup, type Node } from './command.ts';

export type Entry = {
  /** Without the program's name. */
  readonly path: string;
  readonly summary: string;
  /** Names below it; empty for a command. */
  readonly names: readonly string[];
  readonly command: Command | undefined;
};

/** The whole tree, from the root on. */
export async function listSurface(node: Node, path = ''): Promise<Entry[]> {
  const opened = isBranch(node) ? await node.open() : node;
  if (!isGroup(opened)) return [{ path, summary: opened.summary, names: [], command: await opened.load() }];
  const children = Object.entries(opened.commands);
  const below = await Promise.all(children.map(([name, child]) => listSurface(child, `${path} ${name}`.trim())));
  return [{ path, summary: node.summary, names: children.map(([name]) => name), command: undefined }, ...below.flat()];
}
