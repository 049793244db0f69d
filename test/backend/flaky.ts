// A way to the stand-in backend on which connections break: while a request goes, before its answer comes, or in the middle
// of it. What the backend does with a request is its own business.

import { connect, createServer, type Socket } from 'node:net';
import { listen } from './proxy.ts';

/**
 * `request`: broken while the request goes. `answer`: the backend has it all and has answered, and nobody hears.
 * `half`: broken in the middle of the answer. `mark`: broken where the answer says so.
 */
export type Break = 'none' | 'request' | 'answer' | 'half' | 'mark';

export type FlakyWay = { readonly url: string; stop(): void };

/** In an answer, a comment of a stream of events. */
export const BREAK_MARK = ': break\n\n';

/** @param choose asked for each request, counted from 1, with its first line */
export async function startFlakyWay(
  target: string,
  choose: (number: number, line: string) => Break,
): Promise<FlakyWay> {
  const { port: backendPort } = new URL(target);
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    let way: Break = 'none';
    const backend = connect({ host: '127.0.0.1', port: Number(backendPort) });
    const end = () => {
      client.destroy();
      backend.destroy();
    };
    for (const socket of [client, backend]) {
      sockets.add(socket);
      socket.on('error', end).on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on('data', (piece: Buffer) => {
      const [line] = /^[A-Z]+ \/\S* HTTP/.exec(piece.toString('latin1', 0, 1000)) ?? [];
      if (line !== undefined) way = choose(++count, line);
      if (way === 'request') backend.write(piece.subarray(0, piece.length >> 1), end);
      else backend.write(piece);
    });
    backend.on('data', (piece: Buffer) => {
      if (way === 'answer') return end();
      const at = way === 'mark' ? piece.indexOf(BREAK_MARK) : -1;
      if (way === 'half' || at !== -1) client.write(piece.subarray(0, at === -1 ? piece.length >> 1 : at), end);
      else client.write(piece);
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
