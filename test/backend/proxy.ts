// A real forward proxy on loopback: CONNECT for https, absolute URLs for http. Hosts that exist nowhere lead to this machine.

import { connect, createServer, type Server, type Socket } from 'node:net';

export type TestProxy = {
  readonly port: number;
  /** First lines of what was asked of it. */
  readonly asked: string[];
  stop(): void;
};

export type ProxyOptions = {
  /** `user:password` that it wants. */
  readonly login?: string;
};

export async function startProxy({ login }: ProxyOptions = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    client.once('data', (head) => {
      const text = head.toString('latin1');
      asked.push(text.split('\r\n')[0] ?? '');
      if (login !== undefined && !text.includes(`Basic ${Buffer.from(login).toString('base64')}`))
        return refuse(client);
      forward(client, text, sockets);
    });
  });
  const port = await listen(server);
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port, asked, stop };
}

function refuse(client: Socket): void {
  client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n');
}

function forward(client: Socket, text: string, sockets: Set<Socket>): void {
  const [method = '', target = ''] = text.split(' ');
  const isTunnel = method === 'CONNECT';
  const { port, pathname } = new URL(isTunnel ? `http://${target}` : target);
  const server = connect({ host: '127.0.0.1', port: Number(port || 80) }, () => {
    if (isTunnel) client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    else server.write(text.replace(target, pathname));
    client.pipe(server).pipe(client);
  });
  sockets.add(server);
  server.on('error', () => client.destroy());
  client.on('close', () => server.destroy());
}

export function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
