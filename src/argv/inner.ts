// A command line within another: what stands behind the -- of compare. Found, parsed and decoded like one of its own.

import { Failure } from '../errors.ts';
import type { Fields, Input } from '../schema/fields.ts';
import { type Command, type Group, isGroup } from './command.ts';
import { globalFields } from './globals.ts';
import { decodeInput } from './input.ts';
import { usageLine } from './notation.ts';
import { parse } from './parse.ts';
import { route } from './route.ts';

/** @property name `kscli folders list` @property given the names of its flags that were typed */
export type Inner = {
  readonly name: string;
  readonly command: Command;
  readonly input: Input<Fields>;
  readonly given: readonly string[];
};

/** @throws Failure 'usage', also for a global flag: those are the outer line's */
export async function readInner(words: readonly string[], root: Group): Promise<Inner> {
  const globals = globalFields();
  const typed = words[0] === 'kscli' ? words.slice(1) : words;
  const found = await route(typed, root, 'kscli', globals);
  const name = found.path.join(' ');
  if (isGroup(found.node))
    throw new Failure('usage', `'${name}' alone is no command`, { lines: [usageLine(found, undefined)] });
  const command = await found.node.load();
  const { flags, args } = command;
  try {
    const parsed = parse(typed, { globals, flags, args, path: found.path });
    const [global] = Object.keys(parsed.globals);
    if (global) throw new Failure('usage', `--${global} goes before the --, it is for both sessions`);
    const own = { ...parsed, positionals: parsed.positionals.slice(found.path.length - 1) };
    return { name, command, input: decodeInput(own, command), given: Object.keys(parsed.flags) };
  } catch (error) {
    if (error instanceof Failure && error.kind === 'usage') error.lines.push(usageLine(found, command));
    throw error;
  }
}
