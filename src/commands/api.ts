// kscli api: any endpoint, with the session's proof. What the server answers goes to stdout as it came.

import { apiRequest } from '../api/request.ts';
import { showReplies } from '../api/show.ts';
import { defineCommand, SERVER_EXITS } from '../argv/command.ts';
import { requireConfirmation } from '../auth/confirm.ts';
import { openSession, type Reply, type Session } from '../auth/session.ts';
import { withOwnOrigin } from '../auth/session-settings.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { dataOf } from '../http/answer.ts';
import { readPages } from '../http/pages.ts';
import type { ApiRequest } from '../http/request.ts';
import { isObject, type Json } from '../json/value.ts';
import { findRows, findTotal } from '../output/result.ts';
import { isSafeRequest } from '../rest/safe-request.ts';
import { flag, path, text } from '../schema/fields.ts';
import { ALLOW_LASTING, YES } from '../schema/rows.ts';

const MANY = 1000;

export const api = defineCommand({
  effect: 'delete',
  exits: SERVER_EXITS,
  flags: {
    field: text('Pair of the body, or of the query of a GET: numbers, booleans, null, @file; a[b]= and a[]= nest', {
      short: 'F',
      placeholder: 'key=value',
      maxCount: MANY,
    }),
    'raw-field': text('Pair whose value is always a text', { placeholder: 'key=value', maxCount: MANY }),
    input: path('File whose contents are the body, or - for standard input', {
      placeholder: 'file',
      conflictsWith: ['field', 'raw-field'],
    }),
    header: text('Header to send', { placeholder: 'name: value', maxCount: MANY }),
    include: flag('Show the status and the headers too', { short: 'i' }),
    paginate: flag('Follow limit and offset to the end'),
    yes: YES,
    'allow-lasting': ALLOW_LASTING,
  },
  args: {
    method: text('GET without fields, otherwise POST'),
    path: text('Path under the base URL, like /v1/folders', { required: true }),
  },
  examples: [
    'kscli api GET /v1/folders -F limit=5',
    'kscli api POST /v1/tags --raw-field name=2026 --raw-field color=ff8800',
    'kscli api /v1/documents --paginate',
  ],
  run: async (input, outer) => {
    const context = withOwnOrigin(outer);
    const typed = await apiRequest(input, context);
    const session = await openSession(context);
    const mustTell = session.isReadOnly() || session.isJournalled;
    const mayLast = input['allow-lasting'];
    const request = {
      ...typed,
      mayLast,
      wantsBytes: true,
      isSafe: mustTell && (await isSafeRequest(typed)),
    };
    if (request.method === 'DELETE') {
      // Nobody is asked about what is refused anyway.
      await session.requireAllowed(request);
      await requireConfirmation({ action: `DELETE ${request.path}`, isYes: input.yes }, session, context);
    }
    const answers = input.paginate ? allPages(request, session, context) : onePage(request, session);
    const manner = { withHead: input.include, isTerminal: context.world.stdout.isTerminal };
    return { show: { raw: showReplies(answers, manner) } };
  },
  read: async (input, context) => {
    const typed = await apiRequest(input, context);
    const request = { ...typed, isSafe: await isSafeRequest(typed) };
    if (request.method !== 'GET' && !request.isSafe)
      throw new Failure('usage', `${request.method} ${request.path} cannot be compared: only a GET, or a search`);
    const { json } = await openSession(context);
    const data = await json(request);
    return isPart(data) ? { pages: readPages(request, json, context.log), itemsKey: ROWS } : { data, itemsKey: ROWS };
  },
});

const ROWS = 'items';

/** A page of a list of which there are others. */
function isPart(data: Json): boolean {
  const page = { data, itemsKey: ROWS };
  const total = findTotal(page);
  return typeof total === 'number' && total > (findRows(page)?.length ?? 0);
}

async function* onePage(request: ApiRequest, { ask }: Session): AsyncGenerator<Reply> {
  yield await ask(request);
}

/** To the end, or to the first that fails. */
async function* allPages(request: ApiRequest, { ask }: Session, { log }: Context): AsyncGenerator<Reply> {
  let last: Reply | undefined;
  const size = Number(request.query?.find(([name]) => name === 'limit')?.[1]) || undefined;
  const read = async (page: ApiRequest) => {
    const isFirst = last === undefined;
    last = await ask(page);
    const data = last.failure ? [] : dataOf(last.answer);
    // Something that is no list is its own only page.
    return isFirst && isObject(data) && !Array.isArray(data['items']) ? [] : data;
  };
  for await (const _ of readPages(request, read, log, size)) if (last) yield last;
}
