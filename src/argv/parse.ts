// The words of a command line, strictly: every flag is known and complete. What the values mean is decided elsewhere.

import { Failure } from '../errors.ts';
import { type Fields, takesValue } from '../schema/fields.ts';
import { findOption, type Grammar, type Option, toParseArgs } from './grammar.ts';
import { type Token, tokenize } from './tokens.ts';
import { type Stray, unknownOption } from './unknown-option.ts';

export type Parsed = {
  /** The flags that every command takes, by name: the last value counts. One that takes no value is 'true'. */
  readonly globals: Readonly<Record<string, string>>;
  /** The command's own flags: all values, in order. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
  readonly positionals: readonly string[];
};

/** @throws Failure 'usage' */
export function parse(argv: readonly string[], grammar: Grammar): Parsed {
  const all = { ...grammar.globals, ...grammar.flags };
  const globals: Record<string, string> = Object.create(null);
  const flags: Record<string, string[]> = Object.create(null);
  const positionals: string[] = [];
  const tokens = tokenize(argv, toParseArgs(all));
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = findOption(token.name, all);
    if (option === undefined) throw unknownOption(describeOption(tokens, at, argv), grammar);
    const { name } = option;
    const value = readValue(token, option);
    if (isOwn(name, positionals.length, grammar)) flags[name] = [...(flags[name] ?? []), value];
    else globals[name] = value;
  }
  return { globals, flags, positionals };
}

/** A command may have a flag of its own with the name of a global one: it counts behind the command's name. */
function isOwn(name: string, before: number, { globals, flags, path }: Grammar): boolean {
  return Object.hasOwn(flags, name) && (!Object.hasOwn(globals, name) || before >= path.length - 1);
}

/** A word that may name a command. @property index in the line @property stray the last unknown option before it */
export type Name = { readonly word: string; readonly index: number; readonly stray: Stray | undefined };

/** The words that are no options, while nobody knows yet which options their command takes. */
export function findNames(argv: readonly string[], known: Fields): Name[] {
  const names: Name[] = [];
  let stray: Stray | undefined;
  const tokens = tokenize(argv, toParseArgs(known));
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'positional') names.push({ word: token.value, index: token.index, stray });
    if (token.kind === 'option' && findOption(token.name, known) === undefined)
      stray = describeOption(tokens, at, argv);
  }
  return names;
}

/** The option as it was typed, with the value that it would have if it took one: `--x=1`, `-x1`, `-x 1`. */
function describeOption(tokens: readonly Token[], at: number, argv: readonly string[]): Stray {
  const token = tokens[at];
  if (token?.kind !== 'option') return { rawName: '', value: undefined };
  const { rawName, value, index } = token;
  const word = argv[index] ?? '';
  const attached = word.startsWith('--') || !word.startsWith(rawName) ? '' : word.slice(rawName.length);
  const next = tokens[at + 1];
  return { rawName, value: value ?? (attached || (next?.kind === 'positional' ? next.value : undefined)) };
}

type Given = { readonly rawName: string; readonly value?: string | undefined };

function readValue({ rawName, value }: Given, { field, isNo }: Option): string {
  if (!takesValue(field) && value !== undefined) throw new Failure('usage', `${rawName} takes no value`);
  if (takesValue(field) && value === undefined)
    throw new Failure('usage', `${rawName} needs a value: ${rawName} <${field.placeholder}>`);
  return value ?? String(!isNo);
}
