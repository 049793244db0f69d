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
      const entries = (await listSurface(root)).filter(({ command }) => command !== undefined);
      const lines = entries.map(toLine);
      const globals = Object.entries(globalFields()).map(optionWord).join(' ');
      const text = [
        'kscli: act as one user of one Knowledge Stack tenant. One command a line; [] is optional, (a | b) is one of them, ... may be repeated.',
        'Data is on stdout, messages on stderr. Exit: 0 done, 1 failed, 2 run assume-user, 3 not found, 4 not accepted, 64 wrong usage.',
        `Every command: ${globals}`,
        `Environment: ${variableRows()
          .map(([name, summary]) => `${name} (${summary})`)
          .join(', ')}`,
        ...lines,
        '',
      ].join('\n');
      const data = entries.map(({ path, summary }, index) => ({ command: path, summary, usage: lines[index] ?? '' }));
      return { show: { data, text } };
    },
  });

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
