// Words that no argument takes: the flags that were probably meant.

import { decode } from '../schema/decode.ts';
import { type Field, takesValue } from '../schema/fields.ts';
import { dropQuotes } from '../schema/pasted.ts';
import type { Command } from './command.ts';
import { suggestFormat } from './hints.ts';
import { quoteText } from './quote.ts';

const MOST = 2;

type Flags = Readonly<Record<string, readonly string[]>>;
type Shape = Pick<Command, 'flags' | 'constraints'>;

/** Texts like `--query 'hello' --limit 3`, of which one was meant. @param given what was typed */
export function suggestFlags(words: readonly string[], given: Flags, shape: Shape): string[] {
  const open = Object.entries(shape.flags).filter(([name, field]) => takesValue(field) && given[name] === undefined);
  const needed = open.filter(([name, field]) => isNeeded(name, field, given, shape));
  const strict = placeWords(words, needed.filter(isStrict));
  const text = placeText(
    strict.left,
    needed.filter((entry) => !isStrict(entry)),
    given,
    shape,
  );
  const found = [...strict.found, ...text.found];
  if (found.length > 0) return [found.join(' ')];
  const [word = ''] = words;
  const taking = open.filter((entry) => isStrict(entry) && takes(entry, word));
  return [...taking.slice(0, MOST).map(([name]) => `--${name} ${word}`), ...suggestFormat(word)];
}

type Entry = readonly [name: string, field: Field];
type Placed = { readonly found: readonly string[]; readonly left: readonly string[] };

/** A field that does not take just any word. */
function isStrict([, { kind }]: Entry): boolean {
  return !['text', 'path', 'names', 'order'].includes(kind);
}

function takes([, field]: Entry, word: string): boolean {
  return 'value' in decode(word, field);
}

function isNeeded(name: string, field: Field, given: Flags, { constraints }: Shape): boolean {
  const groups = [...(constraints?.oneOf ?? []), constraints?.anyOf ?? []];
  const isOpen = (names: readonly string[]) => names.includes(name) && !names.some((other) => given[other]);
  return field.required === true || groups.some(isOpen);
}

/** Each word to the first flag that is left and takes it. */
function placeWords(words: readonly string[], flags: readonly Entry[]): Placed {
  const free = [...flags];
  const found: string[] = [];
  const left = words.filter((word) => {
    const at = free.findIndex((entry) => takes(entry, word));
    const [flag] = at === -1 ? [] : free.splice(at, 1);
    if (flag) found.push(`--${flag[0]} ${word}`);
    return flag === undefined;
  });
  return { found, left };
}

/** All that is left to one text: the one that is needed, or the one that was typed, where it lacked its quotes. */
function placeText(words: readonly string[], needed: readonly Entry[], given: Flags, { flags }: Shape): Placed {
  const typed = Object.entries(given).filter(([name]) => flags[name]?.kind === 'text');
  const [name, before = []] = needed[0] ?? (typed.length === 1 ? (typed[0] ?? []) : []);
  if (words.length === 0 || name === undefined) return { found: [], left: words };
  const start = Array.isArray(before) ? before : [];
  return { found: [`--${name} ${quoteText(dropQuotes([...start, ...words].join(' ')))}`], left: [] };
}
