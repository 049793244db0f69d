// Help for every level, from the same data that the parser reads.

import type { Field, Fields } from '../spec/field.ts';
import { type Command, isGroup, type Node } from './command.ts';
import { variableRows } from './globals.ts';
import type { Route } from './route.ts';

/** `Usage: kscli whoami [options]` */
export function usageLine({ path, node }: Route, command: Command | undefined): string {
  const words = isGroup(node) ? ['<command>'] : Object.keys(command?.arguments ?? {}).map((name) => `<${name}>`);
  const required = Object.entries(command?.options ?? {}).filter(([, field]) => field.required);
  const flags = required.map(([name, field]) => `--${name} <${field.placeholder}>`);
  return ['Usage:', ...path, ...words, ...flags, '[options]'].join(' ');
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
  return [`<${name}>`, describe(field)];
}

function optionRow([name, field]: [string, Field]): Row {
  const short = field.short ? `-${field.short}, ` : '    ';
  const value = field.kind === 'switch' ? '' : ` <${field.placeholder}>`;
  return [`${short}--${name}${value}`, describe(field)];
}

function describe({ summary, required, fallback, ...field }: Field): string {
  const choices = field.kind === 'choice' ? `one of ${field.choices.join(', ')}` : '';
  const notes = [required ? 'required' : '', choices, fallback ?? ''].filter(Boolean).join(', ');
  return notes === '' ? summary : `${summary} (${notes})`;
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
