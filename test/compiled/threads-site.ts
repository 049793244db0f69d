// A machine with a thread at the stand-in backend, and streams of events that misbehave on request.

import { BREAK_MARK, type Break, startFlakyWay } from '../backend/flaky.ts';
import { ADMIN_KEY } from '../backend/server.ts';
import { createSite, type Machine, type Outcome, type Site } from '../binary.ts';

export type ThreadSite = Site & {
  readonly thread: string;
  /** By method and path, without the question. */
  readonly routes: { readonly stream: string; readonly message: string; readonly messages: string };
  /** The connections to the stream that were opened, as their queries. */
  queries(): string[];
  /** How the connections of the question break. */
  break(kind: Break): void;
};

export async function createThreadSite(): Promise<ThreadSite> {
  const site = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  let kind: Break = 'none';
  const way = await startFlakyWay(site.backend.url, (_, line) => {
    if (line.includes('/stream')) return 'mark';
    return line.includes('/user_message') ? kind : 'none';
  });
  site.env['KSCLI_BASE_URL'] = way.url;
  await site.signIn();
  const { store } = site.backend.resources;
  const thread = String(store.create('threads', { title: 'Q', name: 'Q', part_type: 'THREAD' })['id']);
  const under = `/v1/threads/${thread}`;
  const routes = {
    stream: `GET ${under}/stream`,
    message: `POST ${under}/user_message`,
    messages: `GET ${under}/messages`,
  };
  const queries = () =>
    site.backend.requests
      .filter(({ route }) => route.startsWith(routes.stream))
      .map(({ route }) => route.slice(routes.stream.length));
  return {
    ...site,
    thread,
    routes,
    queries,
    break: (chosen) => {
      kind = chosen;
    },
    remove: async () => {
      way.stop();
      await site.remove();
    },
  };
}

export const MESSAGE_ID = '00000000-0000-4000-8000-00000000aaaa';

/** An event as the stand-in backend sends them. */
export function entry(number: number, data: object, event = 'message.delta'): string {
  return `id: ${number}-0\nevent: ${event}\ndata: ${JSON.stringify({ message_id: MESSAGE_ID, ...data })}\n\n`;
}

export const delta = (number: number, text: string) => entry(number, { type: 'text_delta', delta: text });

type Piece = string | Uint8Array | Promise<unknown>;

/** What comes on a stream: texts, bytes, and promises to wait for. @param end `break` cuts it off, `open` leaves it open */
export function streamOf(pieces: readonly Piece[], end: 'close' | 'break' | 'open' = 'close'): Response {
  const body = new ReadableStream({
    async start(controller) {
      for (const piece of [...pieces, ...(end === 'break' ? [BREAK_MARK] : [])]) {
        if (piece instanceof Promise) await piece;
        else controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      }
      if (end === 'close') controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

/**
 * Reads all that a process prints. What is on its way when a connection breaks may be lost: a stream is to break only once
 * what came before was shown.
 * @param look called with all of stdout so far
 */
export async function watchOutput(
  child: ReturnType<Machine['start']>,
  look: (shown: string) => void,
): Promise<Outcome> {
  const read = async () => {
    const decoder = new TextDecoder();
    let shown = '';
    for await (const piece of child.stdout) {
      shown += decoder.decode(piece, { stream: true });
      look(shown);
    }
    return shown;
  };
  const [exit, stdout, stderr] = await Promise.all([child.exited, read(), child.stderr.text()]);
  return { exit, stdout, stderr };
}

/** The thread keeps a message of the assistant. */
export function keepAnswer({ backend, thread }: ThreadSite, text: string, content: object = {}): void {
  const { store } = backend.resources;
  const sequence = store.rows('messages').length + 100;
  store.create('messages', { thread_id: thread, role: 'ASSISTANT', sequence, content: { text, ...content } });
}
