// Servers for a mirror directory, on a free port of loopback: one that is well, and one that breaks off.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Mirror = { readonly url: string; readonly requests: string[]; readonly [Symbol.dispose]: () => void };
type Serving = {
  /** Over https with this certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly answer?: (request: Request, name: string) => Response | undefined;
};

/** Serves the directory under /kscli/. */
export function serveMirror(directory: string, { tls, answer }: Serving = {}): Mirror {
  const requests: string[] = [];
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    ...(tls && { tls }),
    fetch: (request) => {
      const { pathname } = new URL(request.url);
      requests.push(`${request.method} ${pathname}`);
      const name = decodeURIComponent(pathname.replace('/kscli/', ''));
      const own = answer?.(request, name);
      if (own) return own;
      const file = join(directory, name);
      return existsSync(file) ? new Response(readFileSync(file)) : new Response('Not found\n', { status: 404 });
    },
  });
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${server.port}/kscli`;
  return { url, requests, [Symbol.dispose]: () => void server.stop(true) };
}

type Break = {
  /** The file that is cut; the others come whole. */
  readonly name: string;
  readonly after: number;
  /** Leave the connection open and silent instead of closing it. */
  readonly stall?: () => void;
  /** Without a length the client cannot see that something is missing. */
  readonly withLength?: boolean;
};

/** Serves the directory, and breaks off in one file after so many bytes of it. */
export function serveCut(directory: string, { name, after, stall, withLength = true }: Break): Mirror {
  const requests: string[] = [];
  const server = Bun.listen({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      data: (socket, chunk) => {
        const wanted = /^GET \/kscli\/(\S+) /.exec(chunk.toString())?.[1];
        if (wanted === undefined) return;
        requests.push(`GET /kscli/${wanted}`);
        const body = readFileSync(join(directory, wanted));
        const length = withLength ? `Content-Length: ${body.length}\r\n` : '';
        socket.write(`HTTP/1.1 200 OK\r\n${length}Connection: close\r\n\r\n`);
        socket.write(wanted === name ? body.subarray(0, after) : body);
        if (wanted === name && stall) stall();
        else socket.end();
      },
    },
  });
  return { url: `http://127.0.0.1:${server.port}/kscli`, requests, [Symbol.dispose]: () => server.stop(true) };
}
