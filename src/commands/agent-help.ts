// kscli agent-help: the whole surface in one compact text, for language models and for grep.

import { defineCommand, type Group } from '../command/command.ts';
import { globalFields } from '../command/globals.ts';
import { type Field, takesValue } from '../spec/field.ts';
import { type Entry, surfaceOf } from './surface.ts';

export const agentHelpOf = (root: Group) =>
  defineCommand({
    options: {},
    arguments: {},
    examples: ['kscli agent-help', 'kscli agent-help | grep folders'],
    run: async () => {
      const entries = (await surfaceOf(root)).filter(({ command }) => command !== undefined);
      const lines = entries.map(lineOf);
      const globals = Object.entries(globalFields()).map(flagOf).join(' ');
      const text = [
        'kscli: act as one user of one Knowledge Stack tenant. One command a line; [] is optional, (a | b) is one of them, ... may be repeated.',
        'Data is on stdout, messages on stderr. Exit: 0 done, 1 failed, 2 run assume-user, 3 not found, 4 not accepted, 64 wrong usage.',
        `Every command: ${globals}`,
        ...lines,
        '',
      ].join('\n');
      return {
        data: entries.map(({ path, summary }, index) => ({ command: path, summary, usage: lines[index] ?? '' })),
        text,
      };
    },
  });

function lineOf({ path, summary, command }: Entry): string {
  const words = Object.entries(command?.arguments ?? {}).map(([name, { required }]) =>
    required ? `<${name}>` : `[${name}]`,
  );
  const alternatives = command?.rules?.exactlyOne ?? [];
  const options = Object.entries(command?.options ?? {});
  const one = options.filter(([name]) => alternatives.includes(name)).map(wordOf);
  const others = options.filter(([name]) => !alternatives.includes(name)).map(flagOf);
  const flags = one.length > 0 ? [`(${one.join(' | ')})`, ...others] : others;
  return `${['kscli', path, ...words, ...flags].join(' ')} # ${summary}`;
}

function flagOf([name, field]: [string, Field]): string {
  return field.required ? wordOf([name, field]) : `[${wordOf([name, field])}]`;
}

function wordOf([name, field]: [string, Field]): string {
  const value = takesValue(field) ? ` <${field.placeholder}>` : '';
  const word = `${field.short ? `-${field.short}|` : ''}--${field.kind === 'toggle' ? '[no-]' : ''}${name}${value}`;
  return field.most === undefined ? word : `${word}...`;
}
