// Help for every level, from the same data that the parser reads.

import { type Field, type Fields, takesValue } from '../schema/fields.ts';
import { type Command, isGroup, type Node } from './command.ts';
import { variableRows } from './globals.ts';
import type { Route } from './route.ts';

/** `Usage: kscli whoami [options]` */
export function usageLine({ path, node }: Route, command: Command | undefined): string {
  const words = isGroup(node) ? ['<command>'] : Object.entries(command?.arguments ?? {}).map(argumentWord);
  const options = Object.entries(command?.options ?? {});
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
  return `--${field.kind === 'toggle' ? '[no-]' : ''}${name}${value}`;
}

/** `(--folder-id <uuid> | --path-part-id <uuid>)`, where one of them is needed. */
export function alternatives(command: Command | undefined): string[] {
  const names = command?.rules?.exactlyOne ?? [];
  const flags = Object.entries(command?.options ?? {}).filter(([name]) => names.includes(name));
  return flags.length === 0 ? [] : [`(${flags.map(flagWord).join(' | ')})`];
}

export function helpFor(route: Route, command: Command | undefined, globals: Fields): string {
  const { node, path } = route;
  const sections = [
    [node.summary],
    [usageLine(route, command), ...needed(command)],
    section('Commands', isGroup(node) ? commandRows(node.commands, '') : []),
    section('Arguments', Object.entries(command?.arguments ?? {}).map(argumentRow)),
    section('Options', Object.entries(command?.options ?? {}).map(optionRow)),
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
  const names = command?.rules?.atLeastOne ?? [];
  if (names.length === 0) return [];
  return [names.length === 1 ? `${flagList(names)} is needed.` : `At least one of ${flagList(names)} is needed.`];
}

function describe(field: Field): string {
  const { summary, required, needs, excludes, most, fallback } = field;
  const notes = [
    required ? 'required' : '',
    limitsOf(field),
    needs ? `needs --${needs}` : '',
    excludes ? `not with ${flagList(excludes)}` : '',
    most ? `repeatable up to ${most} times` : '',
    fallback ?? '',
    absenceOf(field),
  ].filter(Boolean);
  return notes.length === 0 ? summary : `${summary} (${notes.join(', ')})`;
}

function flagList(names: readonly string[]): string {
  return names.map((name) => `--${name}`).join(', ');
}

function limitsOf(field: Field): string {
  if (field.kind === 'object' && field.keys) return `keys ${field.keys.join(', ')}`;
  if (field.kind !== 'integer' && field.kind !== 'number') return '';
  const { least, greatest } = field;
  if (least !== undefined && greatest !== undefined) return `${least} to ${greatest}`;
  return least === undefined ? '' : `at least ${least}`;
}

/** What stands for a flag that is not given. */
function absenceOf({ preset, from }: Field): string {
  if (from) return 'default: from the credentials';
  return preset === undefined ? '' : `default: ${typeof preset === 'string' ? preset : JSON.stringify(preset)}`;
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
