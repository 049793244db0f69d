// A conversation as something to show: the text of the answer as it comes, its events, or the id of its message.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { ServerEvent } from '../http/events.ts';
import type { ListPage, Pages } from '../http/pages.ts';
import { tryParseJson } from '../json/parse.ts';
import type { JsonObject } from '../json/value.ts';
import type { Show } from '../output/result.ts';
import type { Format } from '../schema/formats.ts';
import type { ThreadAnswer } from './answer.ts';
import type { Conversation } from './ask.ts';
import { createAnswerText } from './text.ts';

const COLUMNS = ['event', 'id', 'data'];

/** Formats for people: the text alone. */
const AS_TEXT: readonly Format[] = ['table', 'tree'];

export function showConversation(conversation: Conversation, context: Context): Show {
  const { format } = context.settings;
  if (AS_TEXT.includes(format)) return { raw: readText(conversation, context) };
  if (format === 'id-only') return { raw: readId(conversation) };
  return showEvents(readPages(conversation, context));
}

/** Of a stream alone. */
export function showStream(events: AsyncIterable<ServerEvent>, { settings }: Context): Show {
  if (AS_TEXT.includes(settings.format)) return { raw: describeEvents(events) };
  return showEvents(toPages(events));
}

function showEvents(pages: Pages): Show {
  return { pages, columns: COLUMNS, id: 'id', itemsKey: 'items' };
}

async function* readText({ events, isWhole, answer }: Conversation, { log }: Context): AsyncGenerator<string> {
  const text = createAnswerText();
  for await (const event of events) {
    const piece = text.take(event, isWhole());
    if (piece !== '') yield piece;
  }
  const found = await answer();
  const { rest, isOther } = text.finish(found.text);
  if (isOther) await log.warn('The thread keeps another text than the one that came. It follows whole.');
  yield `${rest}\n`;
  requireNoError(found);
}

async function* readId({ events, answer }: Conversation): AsyncGenerator<string> {
  for await (const _ of events);
  const found = await answer();
  yield `${found.id}\n`;
  requireNoError(found);
}

async function* readPages({ events, answer }: Conversation, { log }: Context): AsyncGenerator<ListPage> {
  yield* toPages(events);
  const found = await answer();
  await log.info(`The answer is message ${found.id}`);
  requireNoError(found);
}

async function* toPages(events: AsyncIterable<ServerEvent>): AsyncGenerator<ListPage> {
  for await (const event of events) yield { rows: [toRow(event)], total: undefined };
}

function toRow({ event, id, data }: ServerEvent): JsonObject {
  return { event, id: id === '' ? null : id, data: tryParseJson(data) ?? data };
}

async function* describeEvents(events: AsyncIterable<ServerEvent>): AsyncGenerator<string> {
  for await (const { event, data } of events) yield `${event}: ${data.replaceAll('\n', ' ')}\n`;
}

function requireNoError({ isError }: ThreadAnswer): void {
  if (isError) throw new Failure('workflow', 'The answer is an error of the assistant');
}
