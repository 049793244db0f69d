// The output of kscli api: the server's bytes in a pipe; on a terminal JSON with an indent, and whole lines.

import type { Reply } from '../auth/session.ts';
import { bodyText } from '../http/answer.ts';
import type { Answer } from '../http/request.ts';
import { formatJson } from '../json/format.ts';
import { tryParseJson } from '../json/parse.ts';

export type Manner = { readonly withHead: boolean; readonly isTerminal: boolean };

const NEWLINE = 10;

/** The answer to a failure is shown too; then the failure ends the command. @throws Failure of a reply */
export async function* showReplies(
  replies: AsyncIterable<Reply>,
  { withHead, isTerminal }: Manner,
): AsyncGenerator<string | Uint8Array> {
  let isLineOpen = false;
  for await (const { answer, failure } of replies) {
    if (isLineOpen) yield '\n';
    if (withHead) yield formatHead(answer);
    yield isTerminal ? formatBody(answer) : answer.body;
    isLineOpen = !isTerminal && ![NEWLINE, '\n'].includes(answer.body.at(-1) ?? '');
    if (failure) throw failure;
  }
}

function formatHead({ status, headers }: Answer): string {
  return `HTTP ${status}\n${[...headers].map(([name, value]) => `${name}: ${value}\n`).join('')}\n`;
}

/** Ends with a line break, unless there is nothing. */
function formatBody(answer: Answer): string {
  const text = indent(bodyText(answer));
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** Anything but JSON stays as it is. */
function indent(text: string): string {
  const value = tryParseJson(text);
  return value === undefined ? text : formatJson(value);
}
