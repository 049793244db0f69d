// A word where a command is expected that names none: what was probably meant by it and the words behind it.

import { Failure } from '../errors.ts';
import { explainPasted } from '../schema/pasted.ts';
import { askIfMeant, nearest } from '../schema/suggest.ts';
import { isBranch, isGroup, type Node, type Route } from './command.ts';
import { translateCommand } from './hints.ts';
import { usageLine } from './notation.ts';

const MOST = 2;

type Words = readonly string[];

/** @param words from the unknown one on @param found the group that does not hold it */
export async function unknownCommand(words: Words, found: Route): Promise<Failure> {
  const [word = ''] = words;
  const lines = [...(await suggestCommands(words, found)), ...explainPasted(word)];
  return new Failure('usage', `Unknown command '${word}'`, { lines: [...lines, usageLine(found, undefined)] });
}

/** The question whether another command was meant; no line where nothing is like it. */
export async function suggestCommands(words: Words, found: Route): Promise<string[]> {
  // In quotes, or with blanks that no shell knows, several words are one.
  const meant = await findMeant(
    words.flatMap((text) => text.split(/\s+/)),
    found.node,
    found.path,
  );
  return askIfMeant(meant.slice(0, MOST).map((path) => `'${path.join(' ')}'`));
}

async function findMeant(words: Words, node: Node, path: Words): Promise<Words[]> {
  const [word = '', next, ...rest] = words;
  // `kscli kscli whoami`, as it is pasted, and `kscli auth logout`, where other tools have a group.
  const inner = [path[0], 'auth'].includes(word) ? await correct(words.slice(1), node, path) : [];
  if (inner.length > 0) return inner;
  const corrected = await correct(words, node, path);
  if (corrected.length > 0) return corrected;
  // `kscli get folders`: other tools have the verb first.
  const swapped = next === undefined ? [] : await correct([next, word, ...rest], node, path);
  const isVerb = swapped.some(({ length }) => length > path.length + 1);
  return isVerb ? swapped : findBelow(word, node, path);
}

/** The words as the tree has them, up to where nothing is like them; nothing where already the first is not. */
async function correct([word, ...rest]: Words, node: Node, path: Words): Promise<Words[]> {
  if (word === undefined) return [];
  const children = await openChildren(node);
  const found = Object.hasOwn(children, word) ? [word] : findAlike(word, Object.keys(children));
  const paths = found.map(async (name) => {
    const child = Object.hasOwn(children, name) ? children[name] : undefined;
    const longer = child ? await correct(rest, child, [...path, name]) : [];
    return longer.length > 0 ? longer : [[...path, name]];
  });
  return (await Promise.all(paths)).flat();
}

function findAlike(word: string, names: Words): Words {
  const translated = translateCommand(word).filter((name) => name.startsWith('-') || names.includes(name));
  if (translated.length > 0) return translated;
  const near = nearest(word, names);
  return near === undefined ? [] : [near];
}

/** Commands of this name, or else of what it means here, in the groups that have one. */
async function findBelow(word: string, node: Node, path: Words): Promise<Words[]> {
  const groups = await Promise.all(
    Object.entries(await openChildren(node)).map(async ([name, child]) => ({
      name,
      children: await openChildren(child),
    })),
  );
  const found = [word, ...translateCommand(word)].flatMap((command) =>
    groups.filter(({ children }) => Object.hasOwn(children, command)).map(({ name }) => [...path, name, command]),
  );
  const exact = found.filter((words) => words.at(-1) === word);
  return exact.length > 0 ? exact : found;
}

async function openChildren(node: Node): Promise<Readonly<Record<string, Node>>> {
  const opened = isBranch(node) ? await node.open() : node;
  return isGroup(opened) ? opened.commands : {};
}
