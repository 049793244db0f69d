// Words → the input of a command: every value is what its field takes, every argument is expected.

import { Failure } from '../errors.ts';
import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import { isObject } from '../json/value.ts';
import type { Field, Fields, Input } from '../schema/fields.ts';
import { nearest } from '../schema/suggest.ts';
import { canonicalUuid } from '../schema/uuid.ts';
import type { Command } from './command.ts';
import { requireConstraints } from './constraints.ts';
import type { Words } from './parse.ts';

/** @throws Failure 'usage' for a value that the field does not take, or a required one that is missing */
export function decodeInput(words: Words, command: Pick<Command, 'flags' | 'args' | 'constraints'>): Input<Fields> {
  const named = expectedArguments(command.args, words.positionals.length);
  const extra = words.positionals[named.length];
  if (extra !== undefined) throw new Failure('usage', `Unexpected argument '${extra}'`);
  const entries = [
    ...Object.entries(command.flags).map(([name, field]) => [name, decodeFlag(name, words, field)]),
    ...named.map(([name, field], index) => [name, decode(`<${name}>`, words.positionals[index], field)]),
  ];
  requireConstraints(words.options, command);
  return Object.fromEntries(entries);
}

/** With fewer words than arguments, the first ones that may be missing are. */
function expectedArguments(fields: Fields, count: number): [string, Field][] {
  const named = Object.entries(fields);
  while (named.length > count && named[0] && !named[0][1].required) named.shift();
  return named;
}

function decodeFlag(name: string, { options, repeats }: Words, field: Field): unknown {
  const shown = `--${name}`;
  const values = repeats[name] ?? [];
  if (field.maxCount === undefined || values.length === 0) return decode(shown, options[name], field);
  if (values.length > field.maxCount) throw new Failure('usage', `${shown} is given more than ${field.maxCount} times`);
  return values.map((value) => decode(shown, value, field));
}

function decode(shown: string, value: string | undefined, field: Field): unknown {
  if (field.kind === 'flag') return value !== undefined;
  if (value === undefined) {
    if (field.required) throw missing(shown, field);
    return field.default;
  }
  if (field.kind === 'negatable') return value === 'true';
  if (field.isPathSegment && ['', '.', '..'].includes(value)) return refuse(shown, value, 'must name something');
  return DECODERS[field.kind](shown, value, field);
}

type Decoder = (shown: string, value: string, field: Field) => unknown;

const DECODERS: Readonly<Record<Exclude<Field['kind'], 'flag' | 'negatable'>, Decoder>> = {
  text: (_shown, value) => value,
  uuid: (shown, value) => canonicalUuid(value) ?? refuse(shown, value, 'must be a UUID'),
  choice: decodeChoice,
  integer: (shown, value, field) => decodeNumber(shown, value, field, /^[+-]?\d+$/, 'a whole number'),
  number: (shown, value, field) =>
    decodeNumber(shown, value, field, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'a number'),
  object: decodeObject,
  color: (shown, value) =>
    /^#?([0-9a-f]{6})$/i.exec(value)?.[1] ?? refuse(shown, value, 'must be six hexadecimal digits, like ff8800'),
};

function decodeChoice(shown: string, value: string, field: Field): string {
  const choices = field.kind === 'choice' ? field.choices : [];
  if (choices.includes(value)) return value;
  const near = nearest(value, choices);
  return refuse(shown, value, `must be one of ${choices.join(', ')}`, near ? [`Did you mean ${near}?`] : []);
}

function decodeNumber(shown: string, value: string, field: Field, form: RegExp, what: string): number {
  const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = field as {
    min?: number;
    max?: number;
  };
  const number = form.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) return refuse(shown, value, `must be ${what}`);
  if (number < min) return refuse(shown, value, `must be at least ${min}`);
  return number <= max ? number : refuse(shown, value, `must be at most ${max}`);
}

function decodeObject(shown: string, value: string, field: Field): object {
  const object = parseObjectText(shown, value);
  if (!isObject(object)) return refuse(shown, value, 'must be a JSON object');
  const keys = field.kind === 'object' ? field.keys : undefined;
  const unknown = keys && Object.keys(object).find((key) => !keys.includes(key));
  return unknown === undefined ? object : refuse(shown, value, `its keys must be among ${keys?.join(', ')}`);
}

function parseObjectText(shown: string, value: string): unknown {
  try {
    return parseJson(value);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return refuse(shown, value, `must be a JSON object: ${error.message} at character ${error.offset + 1}`);
  }
}

function missing(shown: string, field: Field): Failure {
  const value = shown.startsWith('-') ? ` <${field.placeholder}>` : '';
  const choices = field.kind === 'choice' && value === '' ? `: one of ${field.choices.join(', ')}` : '';
  return new Failure('usage', `Missing ${shown}${value}${choices}`);
}

function refuse(shown: string, value: string, why: string, lines: readonly string[] = []): never {
  throw new Failure('usage', `${shown} is '${value}', but ${why}`, { lines });
}
