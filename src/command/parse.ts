// The words behind a command, strictly: every option is known and complete, every argument is expected.

import { parseArgs } from 'node:util';
import { Failure } from '../errors.ts';
import type { Field, Fields, Input } from '../spec/field.ts';
import { canonicalUuid } from '../spec/uuid.ts';
import { nearest } from './suggest.ts';

export type Words = {
  /** Values by flag; a switch that was given is 'true'. */
  readonly options: Readonly<Record<string, string>>;
  readonly positionals: readonly string[];
};

/** @throws Failure 'usage' */
export function parseWords(argv: readonly string[], fields: Fields): Words {
  const { tokens } = parseArgs({ args: [...argv], options: optionsOf(fields), strict: false, tokens: true });
  const options: Record<string, string> = Object.create(null);
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'option') options[token.name] = textOf(token, fields);
  }
  return { options, positionals };
}

/** The words that are no options, also among options that nobody knows. */
export function positionalsIn(argv: readonly string[], fields: Fields): string[] {
  return parseArgs({ args: [...argv], options: optionsOf(fields), strict: false }).positionals;
}

/** @throws Failure 'usage' for a value that the field does not take, or a required one that is missing */
export function decodeInput({ options, positionals }: Words, own: Fields, named: Fields): Input<Fields> {
  const names = Object.keys(named);
  const extra = positionals[names.length];
  if (extra !== undefined) throw new Failure('usage', `Unexpected argument '${extra}'`);
  const entries = [
    ...Object.entries(own).map(([name, field]) => [name, decode(`--${name}`, options[name], field)]),
    ...Object.entries(named).map(([name, field], index) => [name, decode(`<${name}>`, positionals[index], field)]),
  ];
  return Object.fromEntries(entries);
}

function optionsOf(fields: Fields): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { kind, short }]) => [
      name,
      { type: kind === 'switch' ? 'boolean' : 'string', ...(short && { short }) },
    ]),
  );
}

function textOf(token: { name: string; rawName: string; value?: string | undefined }, fields: Fields): string {
  const { name, rawName, value } = token;
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) throw unknownOption(rawName, fields);
  if (field.kind === 'switch' && value !== undefined) throw new Failure('usage', `${rawName} takes no value`);
  if (field.kind !== 'switch' && value === undefined)
    throw new Failure('usage', `${rawName} needs a value: ${rawName} <${field.placeholder}>`);
  return value ?? 'true';
}

function unknownOption(rawName: string, fields: Fields): Failure {
  const near = nearest(
    rawName,
    Object.keys(fields).map((name) => `--${name}`),
  );
  return new Failure('usage', `Unknown option ${rawName}`, { lines: near ? [`Did you mean ${near}?`] : [] });
}

function decode(shown: string, value: string | undefined, field: Field): string | boolean | undefined {
  if (field.kind === 'switch') return value !== undefined;
  if (value === undefined) {
    if (field.required) throw missing(shown, field);
    return undefined;
  }
  if (field.kind === 'uuid') return canonicalUuid(value) ?? refuse(shown, value, 'must be a UUID');
  if (field.kind === 'choice' && !field.choices.includes(value)) {
    const near = nearest(value, field.choices);
    return refuse(shown, value, `must be one of ${field.choices.join(', ')}`, near ? [`Did you mean ${near}?`] : []);
  }
  return value;
}

function missing(shown: string, field: Field): Failure {
  const value = shown.startsWith('-') ? ` <${field.placeholder}>` : '';
  return new Failure(
    'usage',
    `Missing ${shown}${value}${field.kind === 'choice' ? `: one of ${field.choices.join(', ')}` : ''}`,
  );
}

function refuse(shown: string, value: string, why: string, lines: readonly string[] = []): never {
  throw new Failure('usage', `${shown} is '${value}', but ${why}`, { lines });
}
