// kscli agent-help: the whole surface in one compact text, for language models and for grep.

import { defineCommand, type Group } from '../argv/command.ts';
import { globalFields, variableRows } from '../argv/globals.ts';
import { alternatives, argumentWord, flagWord } from '../argv/notation.ts';
import { type Entry, listSurface } from '../argv/surface.ts';
import type { Field } from '../schema/fields.ts';

export const defineAgentHelp = (root: Group) =>
  defineCommand({
    flags: {},
    args: {},
    isLenient: true,
    examples: ['kscli agent-help', 'kscli agent-help | grep folders'],
    run: async () => {
      const usages: Usage[] = typeof KSCLI_USAGES === 'string' ? JSON.parse(KSCLI_USAGES) : await listUsages(root);
      const globals = Object.entries(globalFields()).map(optionWord).join(' ');
      const text = [
        'kscli: act as one user of one Knowledge Stack tenant. One command a line; [] is optional, (a | b) is one of them, ... may be repeated.',
        'Data is on stdout, messages on stderr. Exit: 0 done, 1 failed, 2 run assume-user, 3 not found, 4 not accepted, 5 different (compare), 64 wrong usage.',
        `Every command: ${globals}`,
        `Environment: ${variableRows()
          .map(([name, summary]) => `${name} (${summary})`)
          .join(', ')}`,
        ...usages.map(({ usage }) => usage),
        '',
      ].join('\n');
      return { show: { data: usages, text } };
    },
  });

/** A command in one line. */
export type Usage = { readonly command: string; readonly summary: string; readonly usage: string };

/** The build asks for them once and puts them into the binary: finding them means loading every command. */
declare const KSCLI_USAGES: string | undefined;

export async function listUsages(root: Group): Promise<Usage[]> {
  const entries = (await listSurface(root)).filter(({ command }) => command !== undefined);
  return entries.map((entry) => ({ command: entry.path, summary: entry.summary, usage: toLine(entry) }));
}

function toLine({ path, summary, command }: Entry): string {
  const one = command?.constraints?.oneOf?.flat() ?? [];
  const flags = Object.entries(command?.flags ?? {}).filter(([name]) => !one.includes(name));
  const words = Object.entries(command?.args ?? {}).map(argumentWord);
  return `${['kscli', path, ...words, ...(command ? alternatives(command) : []), ...flags.map(optionWord)].join(' ')} # ${summary}`;
}

/** `[-l|--limit <number>]`, `--name <text>`, `[--tag-ids <uuid>]...` */
function optionWord([name, field]: [string, Field]): string {
  const word = (field.short ? `-${field.short}|` : '') + flagWord([name, field]);
  return (field.required ? word : `[${word}]`) + (field.maxCount === undefined ? '' : '...');
}
