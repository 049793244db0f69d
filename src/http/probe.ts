// Looks at the way to a server, step by step, without sending a request: names, connections, certificates. The server's
// are looked at without being trusted, since it is told nothing. A proxy is told its password, so it must be trusted.

import { X509Certificate } from 'node:crypto';
import { lookup as resolveName } from 'node:dns/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Certificate, HandshakeTarget, Probe, Tunnel } from '../world.ts';
import { toEndpoint } from './endpoint.ts';
import { isLoopback } from './proxy.ts';

export const probe: Probe = {
  lookup: async (host, timeout) => {
    const found = await before(timeout, resolveName(await dialledName(host, timeout), { all: true }));
    return found.map(({ address }) => address);
  },
  connect: async (host, port, timeout) => {
    const socket = connectTcp({ host: await dialledName(host, timeout), port });
    await within(timeout, socket, 'connect').finally(() => socket.destroy());
  },
  handshake: async (target) => {
    const { host, port, ca, proxy, timeout } = target;
    const tunnel = proxy === undefined ? undefined : await openTunnel(proxy, target);
    const socket = connectTls({
      ...(tunnel ? { socket: tunnel } : { host: await dialledName(host, timeout), port }),
      ...(ca && { ca: [...ca] }),
      ...(isName(host) && { servername: host }),
      // Only looked at: the verdict is in the answer, and nothing is sent.
      rejectUnauthorized: false,
    });
    try {
      await within(timeout, socket, 'secureConnect');
      return { chain: readChain(socket), refusal: findRefusal(socket, host) };
    } finally {
      socket.destroy();
      tunnel?.destroy();
    }
  },
};

function readChain(socket: TLSSocket): Certificate[] {
  const chain: Certificate[] = [];
  let at = socket.getPeerCertificate(true);
  while (at?.raw && !chain.some(({ fingerprint }) => fingerprint === at.fingerprint256)) {
    chain.push(describe(new X509Certificate(at.raw)));
    at = at.issuerCertificate;
  }
  return chain;
}

function describe(certificate: X509Certificate): Certificate {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: (certificate.subjectAltName ?? '')
      .split(', ')
      .flatMap((name) => name.replace(/^(DNS|IP Address):/, '') || []),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
    fingerprint: certificate.fingerprint256,
    pem: certificate.toString(),
  };
}

function findRefusal(socket: TLSSocket, host: string): string | undefined {
  const error: unknown = socket.authorizationError;
  if (error) return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const leaf = socket.getPeerX509Certificate();
  const isForHost = isName(host) ? leaf?.checkHost(host) : leaf?.checkIP(host);
  return isForHost ? undefined : 'ERR_TLS_CERT_ALTNAME_INVALID';
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 */
async function openTunnel({ url, login }: Tunnel, target: HandshakeTarget): Promise<Socket> {
  const { host, port, ca, isProxyVerified, timeout } = target;
  const at = toEndpoint(url);
  const isTls = url.startsWith('https:');
  const tls = { ...at, ...(isName(at.host) && { servername: at.host }), ...(ca && { ca: [...ca] }) };
  const socket: Socket = isTls ? connectTls({ ...tls, rejectUnauthorized: isProxyVerified }) : connectTcp(at);
  const authorization = login ? `Proxy-Authorization: Basic ${Buffer.from(login).toString('base64')}\r\n` : '';
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  try {
    await within(timeout, socket, isTls ? 'secureConnect' : 'connect');
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`);
    const answer = String(await within(timeout, socket, 'data'));
    if (/^HTTP\/1\.\d 200/.test(answer)) return socket;
    throw Object.assign(new Error(answer.split('\r\n')[0]), { code: 'ERR_PROXY_TUNNEL' });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** As the runtime's fetch does it: the system may know `localhost` alone, not `app.localhost` or `localhost.`, or none of them. */
async function dialledName(host: string, timeout: number): Promise<string> {
  if (!isName(host) || !isLoopback(host)) return host;
  const isKnown = await before(timeout, resolveName('localhost')).then(
    () => true,
    () => false,
  );
  return isKnown ? 'localhost' : '127.0.0.1';
}

function before<T>(timeout: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error('ETIMEDOUT'), { code: 'ETIMEDOUT' })), timeout);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The first value of the event; an error or a closed connection ends the wait. */
function within(timeout: number, socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (code: string) => reject(Object.assign(new Error(code), { code }));
    const timer = setTimeout(() => fail('ETIMEDOUT'), timeout);
    const settle = (end: () => void) => {
      clearTimeout(timer);
      end();
    };
    socket.once(event, (value) => settle(() => resolve(value)));
    socket.once('error', (error) => settle(() => reject(error)));
    socket.once('close', () => settle(() => fail('ECONNRESET')));
  });
}

const oneLine = (name: string): string => name.split('\n').join(', ');

/** Server Name Indication takes no addresses (RFC 6066). */
const isName = (host: string): boolean => !/^[\d.]+$|:/.test(host);
