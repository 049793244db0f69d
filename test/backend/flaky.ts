// A way to the stand-in backend on which connections break: while a request goes, before its answer comes, or in the middle
// of it. What the backend does with a request is its own business.

import { connect, createServer, type Socket } from 'node:net';
import { listen } from './proxy.ts';

/**
 * `request`: broken while the request goes. `answer`: the backend has it all and has answered, and nobody hears.
 * `half`: broken in the middle of the answer.
 */
export type Break = 'none' | 'request' | 'answer' | 'half';

export type FlakyWay = { readonly url: string; stop(): void };

/** @param choose asked for each connection, counted from 1 */
export async function startFlakyWay(target: string, choose: (number: number) => Break): Promise<FlakyWay> {
  const { port: backendPort } = new URL(target);
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    const way = choose(++count);
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
      if (way !== 'request') return void backend.write(piece);
      backend.write(piece.subarray(0, piece.length >> 1), end);
    });
    backend.on('data', (piece: Buffer) => {
      if (way === 'answer') return end();
      if (way === 'half') return void client.write(piece.subarray(0, piece.length >> 1), end);
      client.write(piece);
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
