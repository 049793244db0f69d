// kscli journal export: the lines of one ticket as they are, for whoever asks what was done.

import { defineCommand } from '../../argv/command.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../errors.ts';
import { requireDirectory } from '../../journal/place.ts';
import { selectLines } from '../../journal/select.ts';
import { text } from '../../schema/fields.ts';

export const journalExport = defineCommand({
  effect: 'read',
  flags: { ticket: text('Ticket whose lines are wanted', { required: true, placeholder: 'id', example: 'SUP-4711' }) },
  args: {},
  examples: ['kscli journal export --ticket SUP-4711'],
  run: async ({ ticket }, context) => ({ show: { raw: toLines(requireDirectory(context.settings), ticket, context) } }),
});

async function* toLines(directory: string, ticket: string, { log }: Context): AsyncGenerator<string> {
  let count = 0;
  const tell = () => log.warn('Some lines are not as a journal has them. Run: kscli journal verify');
  for await (const found of selectLines(directory, { ticket }, tell)) {
    count += found.length;
    yield found.map(({ text: line }) => `${line}\n`).join('');
  }
  if (count === 0) throw new Failure('not-found', `no line of the journal has the ticket ${ticket}`);
}
