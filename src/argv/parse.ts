// The words behind a command, strictly: every option is known and complete. What the values mean is decided elsewhere.

import { parseArgs } from 'node:util';
import { Failure } from '../errors.ts';
import { type Fields, takesValue } from '../schema/fields.ts';
import { nearest } from '../schema/suggest.ts';

export type Words = {
  /** Values by flag; a switch that was given is 'true'. */
  readonly options: Readonly<Record<string, string>>;
  /** All values of a flag, in order; `options` has the last. */
  readonly repeats: Readonly<Record<string, readonly string[]>>;
  readonly positionals: readonly string[];
};

/** @throws Failure 'usage' */
export function parseWords(argv: readonly string[], fields: Fields): Words {
  const { tokens } = parseArgs({ args: [...argv], options: toParseArgs(fields), strict: false, tokens: true });
  const options: Record<string, string> = Object.create(null);
  const repeats: Record<string, string[]> = Object.create(null);
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const name = isNegation(token.name, fields) ? token.name.slice(NO.length) : token.name;
    const value = readValue(token, fields);
    options[name] = value;
    repeats[name] = [...(repeats[name] ?? []), value];
  }
  return { options, repeats, positionals };
}

/** A word that may name a command. @property stray the last option before it that is none of the known ones */
export type Name = { readonly word: string; readonly stray: string | undefined };

/** The words that are no options, while nobody knows yet which options their command takes. */
export function namesIn(argv: readonly string[], known: Fields): Name[] {
  const { tokens } = parseArgs({ args: [...argv], options: toParseArgs(known), strict: false, tokens: true });
  const names: Name[] = [];
  let stray: string | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional') names.push({ word: token.value, stray });
    if (token.kind === 'option' && !Object.hasOwn(known, token.name)) stray = token.rawName;
  }
  return names;
}

function toParseArgs(fields: Fields): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const own = Object.entries(fields).map(([name, field]) => [
    name,
    { type: takesValue(field) ? 'string' : 'boolean', ...(field.short && { short: field.short }) },
  ]);
  const toggles = Object.entries(fields).filter(([, { kind }]) => kind === 'negatable');
  return Object.fromEntries([...own, ...toggles.map(([name]) => [NO + name, { type: 'boolean' }])]);
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
