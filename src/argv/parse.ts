// The words of a command line, strictly: every flag is known and complete. What the values mean is decided elsewhere.

import { parseArgs } from 'node:util';
import { Failure } from '../errors.ts';
import { type Fields, takesValue } from '../schema/fields.ts';
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
    const name = isNegation(token.name, all) ? token.name.slice(NO.length) : token.name;
    const value = readValue(token, all);
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
    if (token.kind === 'option' && !Object.hasOwn(known, token.name)) stray = token.rawName;
  }
  return names;
}

function tokenize(argv: readonly string[], fields: Fields) {
  return parseArgs({ args: [...argv], options: toParseArgs(fields), strict: false, tokens: true }).tokens;
}

function toParseArgs(fields: Fields): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const own = Object.entries(fields).map(([name, field]) => [
    name,
    { type: takesValue(field) ? 'string' : 'boolean', ...(field.short && { short: field.short }) },
  ]);
  const negatable = Object.entries(fields).filter(([, { kind }]) => kind === 'negatable');
  return Object.fromEntries([...own, ...negatable.map(([name]) => [NO + name, { type: 'boolean' }])]);
}

const NO = 'no-';

function isNegation(name: string, fields: Fields): boolean {
  const positive = name.slice(NO.length);
  return name.startsWith(NO) && Object.hasOwn(fields, positive) && fields[positive]?.kind === 'negatable';
}

function readValue(token: { name: string; rawName: string; value?: string | undefined }, fields: Fields): string {
  const { name, rawName, value } = token;
  const isNo = isNegation(name, fields);
  const key = isNo ? name.slice(NO.length) : name;
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (field === undefined) throw unknownOption(rawName, fields);
  if (!takesValue(field) && value !== undefined) throw new Failure('usage', `${rawName} takes no value`);
  if (takesValue(field) && value === undefined)
    throw new Failure('usage', `${rawName} needs a value: ${rawName} <${field.placeholder}>`);
  return value ?? String(!isNo);
}

export function unknownOption(rawName: string, fields: Fields, advice: readonly string[] = []): Failure {
  const near = nearest(
    rawName,
    Object.keys(fields).map((name) => `--${name}`),
  );
  return new Failure('usage', `Unknown option ${rawName}`, { lines: near ? [`Did you mean ${near}?`] : advice });
}
