// Parsed words → the input of a command: every value is what its field takes, every argument is expected.

import { Failure } from '../errors.ts';
import { decode, formatComplaint } from '../schema/decode.ts';
import { type Field, type Fields, type Input, takesValue } from '../schema/fields.ts';
import type { Command } from './command.ts';
import { requireConstraints } from './constraints.ts';
import type { Parsed } from './parse.ts';

/** @throws Failure 'usage' for a value that the field does not take, or a required one that is missing */
export function decodeInput(parsed: Parsed, command: Pick<Command, 'flags' | 'args' | 'constraints'>): Input<Fields> {
  const { flags, positionals } = parsed;
  const named = expectedArguments(command.args, positionals.length);
  const extra = positionals[named.length];
  if (extra !== undefined) throw new Failure('usage', `Unexpected argument '${extra}'`);
  const entries = [
    ...Object.entries(command.flags).map(([name, field]) => [name, decodeFlag(`--${name}`, flags[name] ?? [], field)]),
    ...named.map(([name, field], index) => [name, decodeOne(`<${name}>`, positionals[index], field)]),
  ];
  requireConstraints(Object.keys(flags), command);
  return Object.fromEntries(entries);
}

/** With fewer words than arguments, the first ones that may be missing are. */
function expectedArguments(fields: Fields, count: number): [string, Field][] {
  const named = Object.entries(fields);
  while (named.length > count && named[0] && !named[0][1].required) named.shift();
  return named;
}

function decodeFlag(source: string, values: readonly string[], field: Field): unknown {
  if (field.maxCount === undefined || values.length === 0) return decodeOne(source, values.at(-1), field);
  if (values.length > field.maxCount) throw new Failure('usage', `${source}: given more than ${field.maxCount} times`);
  return values.map((value) => decodeOne(source, value, field));
}

function decodeOne(source: string, text: string | undefined, field: Field): unknown {
  if (text === undefined) {
    if (field.required) throw missing(source, field);
    return field.kind === 'flag' ? false : field.default;
  }
  const decoded = decode(text, field);
  if ('value' in decoded) return decoded.value;
  const lines = decoded.near ? [`Did you mean ${decoded.near}?`] : [];
  throw new Failure('usage', formatComplaint(source, text, decoded), { lines });
}

function missing(source: string, field: Field): Failure {
  const value = source.startsWith('-') && takesValue(field) ? ` <${field.placeholder}>` : '';
  const choices = field.kind === 'choice' && value === '' ? `: one of ${field.choices.join(', ')}` : '';
  return new Failure('usage', `Missing ${source}${value}${choices}`);
}
