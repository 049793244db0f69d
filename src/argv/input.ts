// Parsed words → the input of a command: every value is what its field takes, every argument is expected, nothing is missing.

import { Failure } from '../errors.ts';
import { adviseOn, decode, formatComplaint } from '../schema/decode.ts';
import type { Field, Fields, Input } from '../schema/fields.ts';
import { explainPasted } from '../schema/pasted.ts';
import { askIfMeant } from '../schema/suggest.ts';
import type { Command } from './command.ts';
import { joinWords, listMissingGroups, requireConstraints } from './constraints.ts';
import { suggestFormat } from './hints.ts';
import { suggestFlags } from './misplaced.ts';
import { flagWord } from './notation.ts';
import type { Parsed } from './parse.ts';

type Shape = Pick<Command, 'flags' | 'args' | 'constraints'>;

/** @throws Failure 'usage' for a value that the field does not take, a word too many, or all that is missing */
export function decodeInput(parsed: Parsed, command: Shape): Input<Fields> {
  const { flags, positionals } = parsed;
  const named = expectedArguments(command.args, positionals.length);
  const entries = [
    ...Object.entries(command.flags).map(([name, field]) => [name, decodeFlag(`--${name}`, flags[name] ?? [], field)]),
    ...named.map(([name, field], index) => [name, decodeArgument(`<${name}>`, positionals.slice(index), field)]),
  ];
  if (named.at(-1)?.[1].maxCount === undefined) refuseMore(positionals.slice(named.length), parsed, command);
  requireAll(named.slice(positionals.length), parsed, command);
  requireConstraints(Object.keys(flags), command);
  return Object.fromEntries(entries);
}

/** With fewer words than arguments, the first ones that may be missing are. */
function expectedArguments(fields: Fields, count: number): [string, Field][] {
  const named = Object.entries(fields);
  const optional = named.filter(([, { required }]) => !required);
  const missing = optional.slice(0, Math.max(0, named.length - count));
  return named.filter((argument) => !missing.includes(argument));
}

function decodeFlag(source: string, values: readonly string[], field: Field): unknown {
  if (field.maxCount === undefined || values.length === 0) return decodeOne(source, values.at(-1), field);
  if (values.length > field.maxCount) throw new Failure('usage', `${source}: given more than ${field.maxCount} times`);
  return values.map((value) => decodeOne(source, value, field));
}

/** @param words from its own to the last: one that may be given more often takes them all */
function decodeArgument(source: string, words: readonly string[], field: Field): unknown {
  return field.maxCount === undefined ? decodeOne(source, words[0], field) : decodeFlag(source, words, field);
}

function decodeOne(source: string, text: string | undefined, field: Field): unknown {
  if (text === undefined) return field.kind === 'flag' ? false : field.default;
  const decoded = decode(text, field);
  if ('value' in decoded) return decoded.value;
  const lines = [...adviseOn(text, decoded), ...askIfMeant(suggestFormat(text))];
  throw new Failure('usage', formatComplaint(source, text, decoded), { lines });
}

function refuseMore(words: readonly string[], { flags }: Parsed, command: Shape): void {
  const [first] = words;
  if (first === undefined) return;
  const lines = [...askIfMeant(suggestFlags(words, flags, command)), ...words.flatMap(explainPasted)];
  throw new Failure('usage', `Unexpected argument '${first}'`, { lines });
}

/** @param named arguments that no word is left for */
function requireAll(named: readonly [string, Field][], { flags }: Parsed, command: Shape): void {
  const missing = [
    ...named.map(([name, field]) => describeArgument(name, field)),
    ...Object.entries(command.flags)
      .filter(([name, field]) => field.required && flags[name] === undefined)
      .map(flagWord),
  ];
  const all = [...missing, ...listMissingGroups(Object.keys(flags), command, missing.length > 0)];
  if (all.length > 0) throw new Failure('usage', `Missing ${joinWords(all)}`);
}

function describeArgument(name: string, field: Field): string {
  return field.kind === 'choice' ? `<${name}> (one of ${field.choices.join(', ')})` : `<${name}>`;
}
