// Help for every level, from the same data that the parser reads.

import type { Field, Fields } from '../schema/fields.ts';
import { type Command, type Group, isGroup, type Route } from './command.ts';
import { describeField } from './describe.ts';
import { variableRows } from './globals.ts';
import { chooseColumn, formatExample, formatSection, type Row, splitWords, wrapWords } from './layout.ts';
import { argumentWord, briefFlagWord, flagList, usageWords } from './notation.ts';

/** The help of kscli itself is a text since the build: no wider on a wider terminal. */
export const ROOT_WIDTH = 80;

/** @param command absent for a group @param columns of the page */
export function helpFor(route: Route, command: Command | undefined, globals: Fields, columns: number): string {
  const { node, path } = route;
  const isRoot = path.length === 1;
  const width = isRoot ? Math.min(columns, ROOT_WIDTH) : columns;
  const section = (title: string, rows: readonly Row[]) => formatSection(title, rows, width, chooseColumn(rows, width));
  const paragraph = (text: string) => wrapWords(splitWords(text), width);
  const sections = [
    paragraph(node.summary),
    [...wrapWords(usageWords(route, command), width, '    '), ...needed(command).flatMap((line) => paragraph(line))],
    ...(isGroup(node) ? commandSections(node, width) : []),
    section('Arguments', Object.entries(command?.args ?? {}).map(argumentRow)),
    section('Options', Object.entries(command?.flags ?? {}).map(optionRow)),
    isRoot
      ? section('Global options', Object.entries(globals).map(optionRow))
      : wrapWords(globalWords(globals), width, '  '),
    isRoot ? section('Environment', variableRows()) : [],
    examples((isGroup(node) ? node : command)?.examples, width),
    isGroup(node) ? paragraph(`'${path.join(' ')} <command> --help' tells more about a command.`) : [],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function examples(lines: readonly string[] = [], width: number): string[] {
  return lines.length === 0 ? [] : ['Examples:', ...lines.flatMap((line) => formatExample(line, width))];
}

/** The commands of a group under the names of its blocks, all in one column. */
function commandSections({ commands, blocks }: Group, width: number): string[][] {
  const sections = Object.entries(blocks ?? { Commands: Object.keys(commands) }).map(([title, names]) => ({
    title,
    rows: names.map((name): Row => [name, commands[name]?.summary ?? '']),
  }));
  const column = chooseColumn(
    sections.flatMap(({ rows }) => rows),
    width,
  );
  return sections.map(({ title, rows }) => formatSection(title, rows, width, column));
}

function argumentRow([name, field]: [string, Field]): Row {
  return [argumentWord([name, field]), describeField(field)];
}

function optionRow([name, field]: [string, Field]): Row {
  return [(field.short ? `-${field.short}, ` : '    ') + briefFlagWord([name, field]), describeField(field)];
}

function globalWords(globals: Fields): string[] {
  const names = Object.entries(globals).map(([name, { short }]) => (short ? `-${short}/--${name}` : `--${name}`));
  return ['Global options:', ...names.join(', ').split(' '), '(kscli --help explains them)'];
}

function needed(command: Command | undefined): string[] {
  const names = command?.constraints?.anyOf ?? [];
  if (names.length === 0) return [];
  return [names.length === 1 ? `${flagList(names)} is needed.` : `At least one of ${flagList(names)} is needed.`];
}
