// Every command in one line, for language models and for grep.

import type { Group } from '../argv/command.ts';
import { alternatives, argumentWord, flagWord } from '../argv/notation.ts';
import { type Entry, listSurface } from '../argv/surface.ts';
import type { Field, Fields } from '../schema/fields.ts';
import { VIEW } from '../schema/view.ts';

/** The build asks for them once and puts them into the binary: finding them means loading every command. */
declare const KSCLI_USAGES: string | undefined;

/** @param words of a group or a command: its lines alone */
export async function findUsages(words: readonly string[], root: Group): Promise<string[]> {
  const lines = typeof KSCLI_USAGES === 'string' ? KSCLI_USAGES.split('\n') : await listUsages(root);
  const start = `${['kscli', ...words].join(' ')} `;
  return lines.filter((line) => line.startsWith(start));
}

export async function listUsages(root: Group): Promise<string[]> {
  return (await listSurface(root)).filter(({ command }) => command !== undefined).map(formatUsage);
}

/** `kscli tags list [-l|--limit <number>] # List tags`, and what it does where it does not only read. */
export function formatUsage({ path, summary, command }: Entry): string {
  const { args = {}, flags = {}, effect, constraints } = command ?? {};
  const one = constraints?.oneOf?.flat() ?? [];
  const words = [
    ...Object.entries(args).map(argumentWord),
    ...(command ? alternatives(command) : []),
    // Those of every command that reads are told once.
    ...Object.entries(flags).flatMap((entry) =>
      one.includes(entry[0]) || Object.hasOwn(VIEW, entry[0]) ? [] : formatOption(entry),
    ),
  ];
  return `${['kscli', path, ...words].join(' ')} # ${summary}${effect === 'read' ? '' : ` [${effect}]`}`;
}

export function formatOptions(fields: Fields): string {
  return Object.entries(fields).map(formatOption).join(' ');
}

/** `[-l|--limit <number>]`, `--name <text>`, `[--tag-ids <uuid>]...` */
function formatOption([name, field]: readonly [string, Field]): string {
  const word = (field.short ? `-${field.short}|` : '') + flagWord([name, field]);
  return (field.required ? word : `[${word}]`) + (field.maxCount === undefined ? '' : '...');
}
