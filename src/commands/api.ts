// kscli api: any endpoint, with the session's cookie. What the server answers goes to stdout as it came.

import { openSession } from '../auth/session.ts';
import { defineCommand } from '../command/command.ts';
import { YES } from '../command/operation.ts';
import { dataOf } from '../http/answer.ts';
import { pagesOf } from '../http/pages.ts';
import type { Answer, ApiRequest } from '../http/request.ts';
import { flag, text } from '../spec/field.ts';
import { apiRequest } from './api-request.ts';
import { requireConsent } from './consent.ts';

const MANY = 1000;

export const api = defineCommand({
  options: {
    field: text('Pair of the body, or of the query of a GET: numbers, booleans, null, @file', {
      short: 'F',
      placeholder: 'key=value',
      most: MANY,
    }),
    'raw-field': text('Pair whose value is always a text', { placeholder: 'key=value', most: MANY }),
    input: text('File whose contents are the body, or - for standard input', {
      placeholder: 'file',
      excludes: ['field', 'raw-field'],
    }),
    header: text('Header to send', { placeholder: 'name: value', most: MANY }),
    include: flag('Show the status and the headers too', { short: 'i' }),
    paginate: flag('Follow limit and offset to the end'),
    yes: YES,
  },
  arguments: {
    method: text('GET without fields, otherwise POST', {}),
    path: text('Path under the base URL, like /v1/folders', { required: true }),
  },
  examples: [
    'kscli api /v1/folders -F limit=5',
    'kscli api POST /v1/tags --raw-field name=2026 --raw-field color=ff8800',
    'kscli api /v1/documents --paginate',
  ],
  run: async (input, context) => {
    const request = await apiRequest(input, context);
    const session = await openSession(context);
    if (request.method === 'DELETE') {
      await requireConsent(`DELETE ${request.path}`, input.yes, session.identity(), context);
    }
    const show = (answer: Answer) => (input.include ? headOf(answer) : '') + answer.text;
    if (!input.paginate) return { data: null, raw: once(show(await session.send(request))) };
    return { data: null, raw: pages(request, session.send, show, (answer) => dataOf(answer, context.secrets)) };
  },
});

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** One body after the other, each on lines of its own. */
async function* pages(
  request: ApiRequest,
  send: (request: ApiRequest) => Promise<Answer>,
  show: (answer: Answer) => string,
  data: (answer: Answer) => ReturnType<typeof dataOf>,
): AsyncGenerator<string> {
  let shown = '';
  const ask = async (page: ApiRequest) => {
    const answer = await send(page);
    shown = show(answer);
    return data(answer);
  };
  for await (const _ of pagesOf(request, ask)) yield shown.endsWith('\n') ? shown : `${shown}\n`;
}

function headOf({ status, headers }: Answer): string {
  return `HTTP ${status}\n${[...headers].map(([name, value]) => `${name}: ${value}\n`).join('')}\n`;
}
