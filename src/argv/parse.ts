// The words of a command line, strictly: every flag is known and complete. What the values mean is decided elsewhere.

import { parseArgs } from 'node:util';
import { Failure } from '../errors.ts';
import { type Field, type Fields, takesValue } from '../schema/fields.ts';
import { nearest } from '../schema/suggest.ts';

export type Parsed = {
  /** The flags that every command takes, by name: the last value counts. One that takes no value is 'true'. */
  readonly globals: Readonly<Record<string, string>>;
  /** The command's own flags: all values, in order. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
  readonly positionals: readonly string[];
};

/** What can be typed. @property globals taken everywhere @property flags the command's own @property names words of its name */
export type Grammar = { readonly globals: Fields; readonly flags: Fields; readonly names: number };

/** @throws Failure 'usage' */
export function parse(argv: readonly string[], grammar: Grammar): Parsed {
  const all = { ...grammar.globals, ...grammar.flags };
  const globals: Record<string, string> = Object.create(null);
  const flags: Record<string, string[]> = Object.create(null);
  const positionals: string[] = [];
  for (const token of tokenize(argv, all)) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, value } = readOption(token, all);
    if (isOwn(name, positionals.length, grammar)) flags[name] = [...(flags[name] ?? []), value];
    else globals[name] = value;
  }
  return { globals, flags, positionals };
}

/** A command may have a flag of its own with the name of a global one: it counts behind the command's name. */
function isOwn(name: string, before: number, { globals, flags, names }: Grammar): boolean {
  return Object.hasOwn(flags, name) && (!Object.hasOwn(globals, name) || before >= names);
}

/** A word that may name a command. @property stray the last option before it that is none of the known ones */
export type Name = { readonly word: string; readonly stray: string | undefined };

/** The words that are no options, while nobody knows yet which options their command takes. */
export function findNames(argv: readonly string[], known: Fields): Name[] {
  const names: Name[] = [];
  let stray: string | undefined;
  for (const token of tokenize(argv, known)) {
    if (token.kind === 'positional') names.push({ word: token.value, stray });
    if (token.kind === 'option' && findOption(token.name, known) === undefined) stray = token.rawName;
  }
  return names;
}

function tokenize(argv: readonly string[], fields: Fields) {
  return parseArgs({ args: [...argv], options: toParseArgs(fields), strict: false, tokens: true }).tokens;
}

function toParseArgs(fields: Fields): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const type = takesValue(field) ? 'string' : 'boolean';
      const others = [...(field.aliases ?? []), ...(field.kind === 'negatable' ? [NO + name] : [])];
      return [
        [name, { type, ...(field.short && { short: field.short }) }] as const,
        ...others.map((other) => [other, { type }] as const),
      ];
    }),
  );
}

const NO = 'no-';

type Option = { readonly name: string; readonly field: Field; readonly isNo: boolean };

/** The field behind what was typed: its name, its name with `no-`, or an alias. */
function findOption(typed: string, fields: Fields): Option | undefined {
  if (Object.hasOwn(fields, typed) && fields[typed]) return { name: typed, field: fields[typed], isNo: false };
  for (const [name, field] of Object.entries(fields)) {
    if (field.aliases?.includes(typed)) return { name, field, isNo: false };
    if (field.kind === 'negatable' && typed === NO + name) return { name, field, isNo: true };
  }
  return undefined;
}

type Token = { readonly name: string; readonly rawName: string; readonly value?: string | undefined };

function readOption({ name: typed, rawName, value }: Token, fields: Fields): { name: string; value: string } {
  const option = findOption(typed, fields);
  if (option === undefined) throw unknownOption(rawName, fields);
  const { name, field, isNo } = option;
  if (!takesValue(field) && value !== undefined) throw new Failure('usage', `${rawName} takes no value`);
  if (takesValue(field) && value === undefined)
    throw new Failure('usage', `${rawName} needs a value: ${rawName} <${field.placeholder}>`);
  return { name, value: value ?? String(!isNo) };
}

export function unknownOption(rawName: string, fields: Fields, advice: readonly string[] = []): Failure {
  const near = nearest(
    rawName,
    Object.keys(fields).map((name) => `--${name}`),
  );
  return new Failure('usage', `Unknown option ${rawName}`, { lines: near ? [`Did you mean ${near}?`] : advice });
}
