// kscli journal show: what was done, as whom, for whom and why. From the files alone.

import { defineCommand } from '../../argv/command.ts';
import type { Context } from '../../context.ts';
import type { Pages } from '../../http/pages.ts';
import { requireDirectory } from '../../journal/place.ts';
import { type Selection, selectLines } from '../../journal/select.ts';
import { parseSince } from '../../journal/since.ts';
import type { Json } from '../../json/value.ts';
import { text } from '../../schema/fields.ts';
import { VIEW } from '../../schema/view.ts';

export const journalShow = defineCommand({
  effect: 'read',
  flags: {
    since: text('Only from that time on: a date, a time, or how long ago', { placeholder: 'time', example: '2h' }),
    session: text('Only this session, or - for the unnamed one', { placeholder: 'name', example: 'acme' }),
    ticket: text('Only this ticket', { placeholder: 'id', example: 'SUP-4711' }),
    ...VIEW,
  },
  args: {},
  examples: ['kscli journal show --since 2h', 'kscli journal show --ticket SUP-4711 --columns at,event,path,status'],
  run: async (input, context) => {
    const directory = requireDirectory(context.settings);
    const since = input.since === undefined ? undefined : parseSince(input.since, context.world.now());
    const selection = { since, session: chooseSession(input.session, context), ticket: input.ticket };
    const pages = toPages(directory, selection, context);
    const layout = { columns: COLUMNS, id: 'seq' };
    return {
      show: STREAMED.includes(context.settings.format)
        ? { ...layout, pages }
        : { ...layout, data: await collect(pages) },
    };
  },
});

const COLUMNS = [
  'seq',
  'at',
  'event',
  'operator',
  'session',
  'user_id',
  'command',
  'method',
  'path',
  'status',
  'ticket',
  'reason',
];

/** Formats that show a row as it comes. */
const STREAMED = ['jsonl', 'id-only'];

/** Typed before the command's name it is the same wish. */
function chooseSession(typed: string | undefined, { settings, sources }: Context): string | undefined {
  if (typed === undefined && sources.session.kind === 'flag') return settings.session ?? '';
  return typed === '-' ? '' : typed;
}

async function* toPages(directory: string, selection: Selection, { log }: Context): Pages {
  const tell = (count: number) =>
    log.warn(
      `${count === 1 ? 'A line is' : `${count} lines are`} left out: not as a journal has them. Run: kscli journal verify`,
    );
  for await (const found of selectLines(directory, selection, tell)) {
    yield { rows: found.map(({ fields }) => fields), total: undefined };
  }
}

async function collect(pages: Pages): Promise<Json[]> {
  const rows: Json[] = [];
  for await (const page of pages) rows.push(...page.rows);
  return rows;
}
