// The notation of commands, arguments and flags: in usage lines, help and messages.

import { type Field, type Fields, takesValue } from '../schema/fields.ts';
import { type Command, isGroup, type Route } from './command.ts';

type Entry = readonly [name: string, field: Field];

/** `Usage: kscli whoami [options]` */
export function usageLine(route: Route, command: Command | undefined): string {
  return usageWords(route, command).join(' ');
}

/** The usage line in pieces that belong together. */
export function usageWords({ path, node }: Route, command: Command | undefined): string[] {
  const { args = {}, flags = {}, constraints } = command ?? {};
  const words = isGroup(node) ? ['<command>'] : Object.entries(args).map(argumentWord);
  const required = Object.entries(flags).filter(([, field]) => field.required);
  const groups = (constraints?.oneOf ?? []).flatMap((names) => alternativeWords(names, flags, briefFlagWord));
  return ['Usage:', ...path, ...words, ...required.map(briefFlagWord), ...groups, '[options]'];
}

/** `<folder-id>`, `[method]`, `<bash|zsh>`, `[name]...` */
export function argumentWord([name, field]: Entry): string {
  const word = field.kind === 'choice' ? field.choices.join('|') : name;
  return (field.required ? `<${word}>` : `[${word}]`) + (field.maxCount === undefined ? '' : '...');
}

/** `--name <text>`, `--[no-]active-version-only` */
export function flagWord([name, field]: Entry): string {
  return writeFlag(name, field, field.placeholder);
}

/** The same, without the choices where they are long. */
export function briefFlagWord([name, field]: Entry): string {
  return writeFlag(name, field, isLongChoice(field) ? 'choice' : field.placeholder);
}

const LONG = 16;

export function isLongChoice({ kind, placeholder = '' }: Field): boolean {
  return kind === 'choice' && placeholder.length > LONG;
}

function writeFlag(name: string, field: Field, placeholder: string | undefined): string {
  const value = takesValue(field) ? ` <${placeholder}>` : '';
  return `--${field.kind === 'negatable' ? '[no-]' : ''}${name}${value}`;
}

/** `(--folder-id <uuid> | --path-part-id <uuid>)` for each group of which one is needed. */
export function alternatives({ flags, constraints }: Pick<Command, 'flags' | 'constraints'>): string[] {
  return (constraints?.oneOf ?? []).map((names) => alternativeWords(names, flags, flagWord).join(' '));
}

/** `(--folder-id <uuid> |`, `--path-part-id <uuid>)` */
function alternativeWords(names: readonly string[], flags: Fields, write: (entry: Entry) => string): string[] {
  const words = Object.entries(flags)
    .filter(([name]) => names.includes(name))
    .map(write);
  const last = words.length - 1;
  return words.map((word, at) => `${at === 0 ? '(' : ''}${word}${at === last ? ')' : ' |'}`);
}

/** `--a, --b` */
export function flagList(names: readonly string[]): string {
  return names.map((name) => `--${name}`).join(', ');
}
