// Help for every level, from the same data that the parser reads.

import { type Field, type Fields, takesValue } from '../spec/field.ts';
import { type Command, isGroup, type Node } from './command.ts';
import { variableRows } from './globals.ts';
import type { Route } from './route.ts';

/** `Usage: kscli whoami [options]` */
export function usageLine({ path, node }: Route, command: Command | undefined): string {
  const words = isGroup(node) ? ['<command>'] : Object.entries(command?.arguments ?? {}).map(argumentWord);
  const required = Object.entries(command?.options ?? {}).filter(([, field]) => field.required);
  const flags = required.map(([name, field]) => `--${name} <${field.placeholder}>`);
  return ['Usage:', ...path, ...words, ...flags, '[options]'].join(' ');
}

function argumentWord([name, { required }]: [string, Field]): string {
  return required ? `<${name}>` : `[${name}]`;
}

export function helpFor(route: Route, command: Command | undefined, globals: Fields): string {
  const { node, path } = route;
  const sections = [
    [node.summary],
    [usageLine(route, command)],
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
  const short = field.short ? `-${field.short}, ` : '    ';
  const value = takesValue(field) ? ` <${field.placeholder}>` : '';
  return [`${short}--${field.kind === 'toggle' ? '[no-]' : ''}${name}${value}`, describe(field)];
}

function describe(field: Field): string {
  const { summary, required, fallback } = field;
  const notes = [required ? 'required' : '', limitsOf(field), fallback ?? '', absenceOf(field)]
    .filter(Boolean)
    .join(', ');
  return notes === '' ? summary : `${summary} (${notes})`;
}

function limitsOf(field: Field): string {
  if (field.kind === 'choice') return `one of ${field.choices.join(', ')}`;
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
