// kscli agent-help: the whole surface for language models and for grep, as compact text or as data.

import { requireScope } from '../agent/scope.ts';
import { findUsages, formatOptions } from '../agent/usages.ts';
import { defineCommand, type Group } from '../argv/command.ts';
import { globalFields, variableRows } from '../argv/globals.ts';
import { EXIT_MEANINGS, Failure } from '../errors.ts';
import type { Whole } from '../output/result.ts';
import { flag, text } from '../schema/fields.ts';
import { OBJECT_VIEW, ROWS_VIEW } from '../schema/view.ts';

const MANY = 10;
const PURPOSE = 'kscli: act as one user of one Knowledge Stack tenant.';

export const defineAgentHelp = (root: Group) =>
  defineCommand({
    effect: 'read',
    flags: { index: flag('Names of groups and commands alone, in less than 300 tokens') },
    args: { group: text('Group or command to show alone', { maxCount: MANY }) },
    isLenient: true,
    examples: ['kscli agent-help | grep folders', 'kscli agent-help folders', 'kscli agent-help --format json'],
    run: async ({ group: words = [], index }, context) => {
      if (index && words.length > 0) throw new Failure('usage', '--index and a group cannot be used together');
      await requireScope(words, root);
      if (index) return { show: composeIndex(root) };
      // The text is what most ask for, so it is all that is loaded for it.
      if (context.settings.format === 'table') return { show: { raw: [await composeText(words, root)] } };
      const { composeData } = await import('../agent/data.ts');
      return { show: await composeData(words, root, context) };
    },
  });

/** Of a group the commands alone: the rest is known by then. */
async function composeText(words: readonly string[], root: Group): Promise<string> {
  const usages = await findUsages(words, root);
  return [...(words.length > 0 ? [] : composeHead()), ...usages, ''].join('\n');
}

function composeHead(): string[] {
  const codes = Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `${code} ${meaning.split(':')[0]}`);
  const variables = variableRows().map(([name, summary]) => `${name} (${summary})`);
  return [
    `${PURPOSE} One command a line; [] is optional, (a | b) is one of them, ... may be repeated.`,
    'At the end of a line: what it does, and [write] or [delete] where it does not only read. With --format json also who acts.',
    'A path from the top, like /shared/reports/2026.pdf, does for <path|id>, <folder-id>, <document-id> and <path-part-id>.',
    `Data is on stdout, messages on stderr. Exit: ${codes.join(', ')}.`,
    `Every command: ${formatOptions(globalFields())}`,
    `Every command that reads from the API: ${formatOptions(OBJECT_VIEW)}; where it shows rows: ${formatOptions(ROWS_VIEW)}`,
    `Environment: ${variables.join(', ')}`,
  ];
}

/** A few words for each block of the help. */
function composeIndex({ blocks = {} }: Group): Whole {
  const lines = Object.entries(blocks).map(([title, names]) => `${title}: ${names.join(' ')}`);
  const next = 'kscli agent-help GROUP shows its commands; with -f json their effect and exit codes, and who acts.';
  return { data: { ...blocks } as Record<string, string[]>, text: [PURPOSE, next, ...lines, ''].join('\n') };
}
