// Conversations of the stand-in backend: a question gets an answer, word by word, on a stream of server-sent events that
// sends again what was missed.

import { missing } from './answers.ts';
import type { Action } from './call.ts';
import type { Row, Store } from './store.ts';

type Entry = { readonly id: string; readonly text: string };

/** @property tell the readers of the stream; undefined for its end */
type Log = { readonly entries: Entry[]; readonly readers: Set<(entry: Entry | undefined) => void> };

/** By the row of the thread, which is the same one for everybody who may see it. */
const LOGS = new WeakMap<Row, Log>();

function logOf(thread: Row): Log {
  const log = LOGS.get(thread) ?? { entries: [], readers: new Set() };
  LOGS.set(thread, log);
  return log;
}

/** By method and path under /v1. */
export const CONVERSATIONS: Readonly<Record<string, Action>> = {
  'POST threads/{}/user_message': ({ store, ids: [id], body }) => {
    const thread = store.find('threads', id);
    if (!thread) return missing();
    const workflow_id = `answer-${store.rows('workflows').length}`;
    const workflow = store.create('workflows', { id: workflow_id, workflow_id, status: 'processing' });
    say(store, thread, 'USER', { text: String(body['input_text']) });
    void answer(store, thread, String(body['input_text']), workflow);
    return Response.json({ workflow_id }, { status: 202 });
  },
  'GET threads/{}/messages': ({ store, ids: [thread = ''], url }) => {
    if (!store.find('threads', thread)) return missing();
    const rows = store
      .rows('messages')
      .filter((row) => row['thread_id'] === thread)
      .reverse();
    const limit = Number(url.searchParams.get('limit') ?? 20);
    const offset = Number(url.searchParams.get('offset') ?? 0);
    return Response.json({ items: rows.slice(offset, offset + limit), total: rows.length, limit, offset });
  },
  'GET threads/{}/stream': ({ store, ids: [id], url }) => {
    const thread = store.find('threads', id);
    return thread ? stream(logOf(thread), url.searchParams.get('last_entry_id')) : missing();
  },
};

function say(store: Store, { id: thread_id }: Row, role: string, content: Row): Row {
  const sequence = store.rows('messages').filter((row) => row['thread_id'] === thread_id).length;
  return store.create('messages', { thread_id, role, content, sequence });
}

/** A word at a time, each after all that waits to be done. */
async function answer(store: Store, thread: Row, question: string, workflow: Row): Promise<void> {
  const log = logOf(thread);
  const message_id = crypto.randomUUID();
  const send = async (event: string, data: Row) => {
    await Bun.sleep(1);
    const id = `${log.entries.length + 1}-0`;
    const entry = { id, text: `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify({ message_id, ...data })}\n\n` };
    log.entries.push(entry);
    for (const tell of log.readers) tell(entry);
  };
  const text = `You asked: ${question} — the answer is 42.`;
  await send('step', { type: 'reasoning', delta: 'Let me think.' });
  for (const delta of text.split(/(?<= )/)) await send('message.delta', { type: 'text_delta', delta });
  store.change(workflow, { status: 'completed' });
  const message = say(store, thread, 'ASSISTANT', { text, is_error: false });
  await send('message', { id: message['id'] });
  for (const tell of log.readers) tell(undefined);
}

function stream({ entries, readers }: Log, last: string | null): Response {
  const from = last === null ? entries.length : entries.findIndex(({ id }) => id === last) + 1;
  let tell: ((entry: Entry | undefined) => void) | undefined;
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(': connected\n\n');
      for (const { text } of entries.slice(from)) controller.enqueue(text);
      tell = (entry) => {
        if (entry) return controller.enqueue(entry.text);
        if (tell) readers.delete(tell);
        controller.close();
      };
      readers.add(tell);
    },
    cancel() {
      if (tell) readers.delete(tell);
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
