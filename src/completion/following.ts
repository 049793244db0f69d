// The continuations of an unfinished command line: commands, or flags, or values, never a mixture.

import { type Group, isBranch, isGroup, type Node } from '../argv/command.ts';
import { findOption } from '../argv/grammar.ts';
import { type Field, type Fields, takesValue } from '../schema/fields.ts';

export type Item = { readonly word: string; readonly about: string };

export type Following =
  | { readonly kind: 'words'; readonly items: readonly Item[] }
  | { readonly kind: 'files' | 'directories' };

/** The state of a line. @property flags that can be typed here @property awaited the field whose value comes next */
type Place = {
  readonly commands: Readonly<Record<string, Node>>;
  readonly flags: Fields;
  readonly args: readonly Field[];
  readonly awaited: Field | undefined;
  readonly used: readonly string[];
  readonly isAllWords: boolean;
};

/** @param words all that was typed behind the program's name, the last one unfinished and perhaps empty */
export async function findFollowing(words: readonly string[], root: Group, globals: Fields): Promise<Following> {
  const typed = words.at(-1) ?? '';
  let place: Place = { ...enterGroup(root), flags: globals, awaited: undefined, used: [], isAllWords: false };
  for (const word of words.slice(0, -1)) place = await pass(word, place, globals);
  if (place.awaited) return listValues(place.awaited, '');
  if (typed.startsWith('-') && !place.isAllWords) return completeFlag(typed, place);
  const [next] = place.args;
  if (next) return listValues(next, '');
  return listWords(Object.entries(place.commands).map(([word, { summary }]) => ({ word, about: summary })));
}

async function pass(word: string, place: Place, globals: Fields): Promise<Place> {
  if (place.awaited) return { ...place, awaited: undefined };
  if (place.isAllWords || !word.startsWith('-') || word === '-') return enter(word, place, globals);
  if (word === '--') return { ...place, isAllWords: true };
  const { names, awaited } = readFlags(word, place.flags);
  return { ...place, awaited, used: [...place.used, ...names] };
}

async function enter(word: string, place: Place, globals: Fields): Promise<Place> {
  const child = Object.hasOwn(place.commands, word) ? place.commands[word] : undefined;
  // `kscli help folders` names a command too.
  if (child === undefined && word === 'help') return place;
  if (child === undefined) return { ...place, commands: {}, args: place.args.slice(1) };
  const node = isBranch(child) ? await child.open() : child;
  if (isGroup(node)) return { ...place, ...enterGroup(node) };
  const { flags, args } = await node.load();
  return { ...place, commands: {}, flags: { ...flags, ...globals }, args: Object.values(args) };
}

function enterGroup({ commands }: Group): Pick<Place, 'commands' | 'args'> {
  return { commands, args: [] };
}

type Read = { readonly names: readonly string[]; readonly awaited: Field | undefined };

/** `--name`, `--name=value`, `-n`, `-nvalue`, `-Hn`: which flags, and whether the next word is a value. */
function readFlags(word: string, flags: Fields): Read {
  if (word.startsWith('--')) {
    const [typed = '', value] = word.slice(2).split(/=(.*)/s);
    const option = findOption(typed, flags);
    const isOpen = option !== undefined && takesValue(option.field) && value === undefined;
    return { names: option ? [option.name] : [], awaited: isOpen ? option.field : undefined };
  }
  const names: string[] = [];
  for (const [at, letter] of [...word].entries()) {
    const [name, field] = Object.entries(flags).find(([, { short }]) => short === letter) ?? [];
    if (name) names.push(name);
    if (field && takesValue(field)) return { names, awaited: at === word.length - 1 ? field : undefined };
  }
  return { names, awaited: undefined };
}

function completeFlag(typed: string, { flags, used }: Place): Following {
  const [, prefix = '', name = ''] = /^(--([^=]+)=)/.exec(typed) ?? [];
  if (prefix !== '') {
    const option = findOption(name, flags);
    return option && takesValue(option.field) ? listValues(option.field, prefix) : listWords([]);
  }
  const free = Object.entries(flags).filter(([flag, { maxCount }]) => maxCount !== undefined || !used.includes(flag));
  return listWords(free.flatMap(([flag, field]) => describeFlag(flag, field)));
}

function describeFlag(name: string, { kind, summary }: Field): Item[] {
  const own = { word: `--${name}`, about: summary };
  return kind === 'negatable' ? [own, { word: `--no-${name}`, about: `Not: ${summary}` }] : [own];
}

/** @param prefix `--flag=`, where the value stands in the same word */
function listValues(field: Field, prefix: string): Following {
  if (field.placeholder === 'directory') return { kind: 'directories' };
  if (field.kind === 'path' || field.kind === 'upload') return { kind: 'files' };
  return listWords(listChoices(field).map((value) => ({ word: prefix + value, about: '' })));
}

function listChoices(field: Field): readonly string[] {
  if (field.kind === 'choice') return field.choices;
  return field.kind === 'boolean' ? ['true', 'false'] : [];
}

function listWords(items: readonly Item[]): Following {
  return { kind: 'words', items };
}
