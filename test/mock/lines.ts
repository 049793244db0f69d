// Every line that a command can be typed as, one flag and one value at a time, and all flags together.

import type { Command } from '../../src/argv/command.ts';
import { type Field, takesValue } from '../../src/schema/fields.ts';
import { VIEW } from '../../src/schema/view.ts';

/** Files in the home directory that the lines name. */
export const FILES: Readonly<Record<string, string>> = {
  'report.pdf': 'text',
  'logo.png': 'text',
  'text.txt': 'text',
  'object.json': '{}',
  'state.json': '{"status": "pending"}',
};

const ID = '00000000-0000-0000-0003-00000000000a';
const OTHER = '00000000-0000-0000-0003-00000000000b';

/** By flag, where no value of its kind would do. */
const VALUES: Readonly<Record<string, string>> = {
  email: 'user@example.com',
  'wait-timeout': '1',
  'runner-url': 'https://runner.example.com',
  filters: '{"score_threshold":0.5,"chunk_type":["TEXT"],"model":"x"}',
  metadata: '{}',
  'theme-overrides': '{"a":"b"}',
  'pipeline-state-file': '~/state.json',
};

/** The words of each flag by its name. */
type Line = ReadonlyMap<string, string>;

/** @param words the command's name @param always flags that each line has */
export function listLines(words: string, command: Command, always: readonly string[] = []): string[] {
  // Nothing of a view is sent, and its names are those of the answer.
  const names = Object.keys(command.flags).filter((name) => !Object.hasOwn(VIEW, name));
  const base = complete(new Map(listNeeded(command, always).map((name) => [name, first(name, command)])), command);
  const single = names.flatMap((name) =>
    listValues(name, command).map((value) =>
      complete(new Map([...withoutRivals(base, name, command), [name, value]]), command),
    ),
  );
  let all = base;
  for (const name of names) {
    const longer = complete(new Map([[name, first(name, command)], ...all]), command);
    if (!hasRivals(longer, command)) all = longer;
  }
  const args = Object.keys(command.args).map((name) => first(name, command));
  return [...new Set([base, ...single, all].map((line) => [words, ...args, ...line.values()].join(' ').trim()))];
}

function listNeeded({ flags, constraints }: Command, always: readonly string[]): string[] {
  const { oneOf = [], anyOf = [] } = constraints ?? {};
  const required = Object.entries(flags).filter(([, field]) => field.required);
  return [...required.map(([name]) => name), ...oneOf.map(([name = '']) => name), ...anyOf.slice(0, 1), ...always];
}

function first(name: string, command: Command): string {
  return listValues(name, command)[0] ?? '';
}

/** With the flags that others require. */
function complete(line: Line, command: Command): Line {
  const missing = [...line.keys()]
    .flatMap((name) => command.flags[name]?.requires ?? [])
    .find((name) => !line.has(name));
  return missing === undefined ? line : complete(new Map([...line, [missing, first(missing, command)]]), command);
}

function areRivals(a: string, b: string, { flags, constraints }: Command): boolean {
  const excludes = (one: string, other: string) => flags[one]?.conflictsWith?.includes(other) === true;
  const isAlternative = constraints?.oneOf?.some((names) => names.includes(a) && names.includes(b)) === true;
  return a !== b && (isAlternative || excludes(a, b) || excludes(b, a));
}

function hasRivals(line: Line, command: Command): boolean {
  return [...line.keys()].some((name) => withoutRivals(line, name, command).size < line.size);
}

function withoutRivals(line: Line, name: string, command: Command): Line {
  return new Map([...line].filter(([other]) => !areRivals(name, other, command)));
}

/** The words of a flag with each of its values, or those of an argument. */
function listValues(name: string, { flags, args }: Command): string[] {
  const field = flags[name] ?? args[name];
  if (field === undefined) throw new Error(`no flag ${name}`);
  if (!takesValue(field)) return field.kind === 'negatable' ? [`--${name}`, `--no-${name}`] : [`--${name}`];
  const isObject = flags[name.replace(/-file$/, '')]?.kind === 'object';
  const texts = VALUES[name] ? [VALUES[name]] : listTexts(field, isObject);
  // A quote would keep the home directory from being put in.
  const quoted = texts.map((text) => (text.startsWith('~') ? text : `'${text}'`));
  const words = Object.hasOwn(flags, name) ? quoted.map((text) => `--${name} ${text}`) : quoted;
  return field.maxCount ? [words.join(' '), ...words] : words;
}

function listTexts(field: Field, isObject: boolean): readonly string[] {
  switch (field.kind) {
    case 'choice':
      return field.choices;
    case 'uuid':
      return field.maxCount ? [ID, OTHER] : [ID];
    case 'integer':
      return [...new Set([field.min ?? 1, field.max ?? 3])].map(String);
    case 'number':
      return ['0.5', '-1', '0'];
    case 'text':
      return [field.example?.replaceAll("'", '') ?? 'text', ...(field.max ? ['x'.repeat(field.max)] : [])];
    case 'time':
      return ['2026-02-23T12:00:00Z', '2026-02-23T12:00:00.5+01:00'];
    case 'object':
      return [JSON.stringify(Object.fromEntries(Object.entries(field.needs ?? {}).map(satisfy)))];
    case 'color':
      return ['FF8800'];
    case 'upload':
      return [field.endings ? '~/logo.png' : '~/report.pdf'];
    default:
      return [isObject ? '~/object.json' : '~/text.txt'];
  }
}

function satisfy([key, wanted]: [string, 'object' | readonly string[]]): [string, unknown] {
  return [key, wanted === 'object' ? {} : wanted[0]];
}
