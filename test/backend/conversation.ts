// Conversations of the stand-in backend: a question gets an answer, word by word, on a stream of server-sent events that
// sends again what was missed.

import { missing } from './answers.ts';
import type { Action } from './call.ts';
import type { Row, Store } from './store.ts';

type Entry = { readonly id: string; readonly text: string };

/** @property tell the readers of the stream; undefined for its end */
type Log = { readonly entries: Entry[]; readonly readers: Set<(entry: Entry | undefined) => void> };

const LOGS = new WeakMap<Store, Map<string, Log>>();

function logOf(store: Store, thread: string): Log {
  const logs = LOGS.get(store) ?? new Map<string, Log>();
  LOGS.set(store, logs);
  const log = logs.get(thread) ?? { entries: [], readers: new Set() };
  logs.set(thread, log);
  return log;
}

/** By method and path under /v1. */
export const CONVERSATIONS: Readonly<Record<string, Action>> = {
  'POST threads/{}/user_message': ({ store, ids: [thread = ''], body }) => {
    if (!store.find('threads', thread)) return missing();
    const workflow = store.create('workflows', {
      workflow_id: `answer-${store.rows('workflows').length}`,
      status: 'processing',
    });
    Object.assign(workflow, { id: workflow['workflow_id'] });
    say(store, thread, 'USER', { text: String(body['input_text']) });
    void answer(store, thread, String(body['input_text']), workflow);
    return Response.json({ workflow_id: workflow['workflow_id'] }, { status: 202 });
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
  'GET threads/{}/stream': ({ store, ids: [thread = ''], url }) =>
    store.find('threads', thread) ? stream(logOf(store, thread), url.searchParams.get('last_entry_id')) : missing(),
};

function say(store: Store, thread: string, role: string, content: Row): Row {
  const sequence = store.rows('messages').filter((row) => row['thread_id'] === thread).length;
  return store.create('messages', { thread_id: thread, role, content, sequence });
}

/** A word at a time, each after all that waits to be done. */
async function answer(store: Store, thread: string, question: string, workflow: Row): Promise<void> {
  const log = logOf(store, thread);
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
