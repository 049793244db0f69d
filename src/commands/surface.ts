// Every command with its flags and arguments, as completion and the text for language models need them.

import { type Command, isBranch, isGroup, type Node } from '../command/command.ts';
import type { Field, Fields } from '../spec/field.ts';

export type Entry = {
  /** Without the program's name. */
  readonly path: string;
  readonly summary: string;
  /** Names below it; empty for a command. */
  readonly names: readonly string[];
  readonly command: Command | undefined;
};

/** What may follow: `key` is a command, or a command and a flag that takes a value. */
export type Line = { readonly key: string; readonly words: readonly string[] };

/** The whole tree, from the root on. */
export async function surfaceOf(node: Node, path = ''): Promise<Entry[]> {
  const opened = isBranch(node) ? await node.open() : node;
  if (!isGroup(opened)) return [{ path, summary: opened.summary, names: [], command: await opened.load() }];
  const children = Object.entries(opened.commands);
  const below = await Promise.all(children.map(([name, child]) => surfaceOf(child, `${path} ${name}`.trim())));
  return [{ path, summary: node.summary, names: children.map(([name]) => name), command: undefined }, ...below.flat()];
}

/** `--name`, and `--no-name` where there is one. */
export function flagWords(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, { kind }]) => [
    `--${name}`,
    ...(kind === 'toggle' ? [`--no-${name}`] : []),
  ]);
}

export function choicesOf(field: Field): readonly string[] {
  if (field.kind === 'choice') return field.choices;
  const { placeholder = '' } = field;
  return placeholder.includes('|') ? placeholder.split('|') : [];
}
