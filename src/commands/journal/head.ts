// kscli journal head: the end of the chain, to be noted where nobody can change it.

import { defineCommand } from '../../argv/command.ts';
import { formatHead } from '../../journal/head.ts';
import { findHead } from '../../journal/newest.ts';
import { requireDirectory } from '../../journal/place.ts';

export const journalHead = defineCommand({
  effect: 'read',
  flags: {},
  args: {},
  examples: ['kscli journal head'],
  run: async (_input, context) => {
    const head = findHead(requireDirectory(context.settings));
    return { show: { data: { ...head, head: formatHead(head) }, text: `${formatHead(head)}\n`, id: 'head' } };
  },
});
