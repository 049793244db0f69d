// Help for every level, from the same data that the parser reads.

import { type Field, type Fields, takesValue } from '../schema/fields.ts';
import { type Command, isGroup, type Node, type Route } from './command.ts';
import { variableRows } from './globals.ts';

/** `Usage: kscli whoami [options]` */
export function usageLine({ path, node }: Route, command: Command | undefined): string {
  const words = isGroup(node) ? ['<command>'] : Object.entries(command?.args ?? {}).map(argumentWord);
  const options = Object.entries(command?.flags ?? {});
  const flags = options.filter(([, field]) => field.required).map(flagWord);
  return ['Usage:', ...path, ...words, ...flags, ...alternatives(command), '[options]'].join(' ');
}

/** `<folder-id>`, `[method]`, `<bash|zsh>` */
export function argumentWord([name, field]: [string, Field]): string {
  const word = field.kind === 'choice' ? field.choices.join('|') : name;
  return field.required ? `<${word}>` : `[${word}]`;
}

/** `--name <text>`, `--[no-]active-version-only` */
export function flagWord([name, field]: [string, Field]): string {
  const value = takesValue(field) ? ` <${field.placeholder}>` : '';
  return `--${field.kind === 'negatable' ? '[no-]' : ''}${name}${value}`;
}

/** `(--folder-id <uuid> | --path-part-id <uuid>)` for each group of which one is needed. */
export function alternatives(command: Command | undefined): string[] {
  const flags = Object.entries(command?.flags ?? {});
  return (command?.constraints?.oneOf ?? []).map((names) => {
    const words = flags.filter(([name]) => names.includes(name)).map(flagWord);
    return `(${words.join(' | ')})`;
  });
}

export function helpFor(route: Route, command: Command | undefined, globals: Fields): string {
  const { node, path } = route;
  const sections = [
    [node.summary],
    [usageLine(route, command), ...needed(command)],
    section('Commands', isGroup(node) ? commandRows(node.commands, '') : []),
    section('Arguments', Object.entries(command?.args ?? {}).map(argumentRow)),
    section('Options', Object.entries(command?.flags ?? {}).map(optionRow)),
    section('Global options', Object.entries(globals).map(optionRow)),
    section('Environment', path.length === 1 ? variableRows().map(({ name, summary }) => [name, summary]) : []),
    examples(isGroup(node) ? node.examples : command?.examples),
    isGroup(node) ? [`'${path.join(' ')} <command> --help' tells more about a command.`] : [],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function examples(lines: readonly string[] = []): string[] {
  return lines.length === 0 ? [] : ['Examples:', ...lines.map((line) => `  ${line}`)];
}

type Row = readonly [left: string, right: string];

function commandRows(commands: Readonly<Record<string, Node>>, prefix: string): Row[] {
  return Object.entries(commands).flatMap(([name, node]) =>
    isGroup(node) ? commandRows(node.commands, `${prefix}${name} `) : [[prefix + name, node.summary] as const],
  );
}

function argumentRow([name, field]: [string, Field]): Row {
  return [argumentWord([name, field]), describe(field)];
}

function optionRow([name, field]: [string, Field]): Row {
  return [(field.short ? `-${field.short}, ` : '    ') + flagWord([name, field]), describe(field)];
}

function needed(command: Command | undefined): string[] {
  const names = command?.constraints?.anyOf ?? [];
  if (names.length === 0) return [];
  return [names.length === 1 ? `${flagList(names)} is needed.` : `At least one of ${flagList(names)} is needed.`];
}

function describe(field: Field): string {
  const { summary, required, requires, conflictsWith, maxCount, notes: more } = field;
  const notes = [
    required ? 'required' : '',
    describeLimits(field),
    requires ? `needs --${requires}` : '',
    conflictsWith ? `not with ${flagList(conflictsWith)}` : '',
    maxCount ? `repeatable up to ${maxCount} times` : '',
    more ?? '',
    describeDefault(field),
  ].filter(Boolean);
  return notes.length === 0 ? summary : `${summary} (${notes.join(', ')})`;
}

function flagList(names: readonly string[]): string {
  return names.map((name) => `--${name}`).join(', ');
}

function describeLimits(field: Field): string {
  if (field.kind === 'object' && field.keys) return `keys ${field.keys.join(', ')}`;
  if (field.kind !== 'integer' && field.kind !== 'number') return '';
  const { min, max } = field;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  return min === undefined ? '' : `at least ${min}`;
}

/** What stands for a flag that is not given. */
function describeDefault({ default: value, from }: Field): string {
  if (from) return 'default: from the credentials';
  return value === undefined ? '' : `default: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}

const WIDEST = 36;

function section(title: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.min(WIDEST, Math.max(...rows.map(([left]) => left.length)));
  const lines = rows.map(([left, right]) =>
    left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`,
  );
  return [`${title}:`, ...lines];
}
