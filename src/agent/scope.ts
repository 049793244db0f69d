// The words behind agent-help: they name a group or a command, or nothing.

import { type Group, isBranch, isGroup, type Leaf } from '../argv/command.ts';
import { suggestCommands } from '../argv/unknown-command.ts';
import { Failure } from '../errors.ts';

/** @throws Failure 'usage' for the first word that names nothing */
export async function requireScope(words: readonly string[], root: Group): Promise<void> {
  let node: Group | Leaf = root;
  for (const [at, word] of words.entries()) {
    const children: Group['commands'] = isGroup(node) ? node.commands : {};
    const child = Object.hasOwn(children, word) ? children[word] : undefined;
    if (child === undefined) {
      const lines = await suggestCommands(words.slice(at), { path: ['kscli', ...words.slice(0, at)], node });
      throw new Failure('usage', `<group>: '${word}' is no group or command`, { lines });
    }
    node = isBranch(child) ? await child.open() : child;
  }
}
