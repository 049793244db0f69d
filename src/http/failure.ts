// A connection that failed → words for the person in front of it. By code, never by the runtime's own words.

import { describeCause, Failure, findCode } from '../errors.ts';
import { FILE_CHANGED } from './body.ts';
import type { ProxyChoice } from './proxy.ts';
import type { ApiRequest } from './request.ts';

type Target = {
  readonly request: ApiRequest;
  readonly url: string;
  readonly proxy: ProxyChoice | undefined;
  /** Seconds. */
  readonly timeout: number;
};

export const CERTIFICATE_REASONS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'certificate has expired',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'unable to verify the first certificate; its issuer is unknown or an intermediate is missing',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate is issued by an unknown CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate is issued by an unknown CA',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate is for another host name',
  CERT_REVOKED: 'certificate is revoked',
  CERT_UNTRUSTED: 'certificate is not trusted',
  CERT_REJECTED: 'certificate is rejected',
  INVALID_CA: 'certificate is issued by an invalid CA',
  INVALID_PURPOSE: 'certificate is not meant for servers',
  PATH_LENGTH_EXCEEDED: 'certificate chain is longer than its CA allows',
  CERT_SIGNATURE_FAILURE: 'certificate has a wrong signature',
  CERT_CHAIN_TOO_LONG: 'certificate chain is too long',
  HOSTNAME_MISMATCH: 'certificate is for another host name',
};

export const CONNECTION_REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ConnectionRefused: 'connection refused',
  ENOTFOUND: 'no such host',
  DNSNotFound: 'no such host',
  EAI_AGAIN: 'name resolution failed',
  ECONNRESET: 'the server closed the connection',
  ConnectionClosed: 'the server closed the connection',
  EPIPE: 'the server closed the connection',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'no answer',
  ERR_PROXY_TUNNEL: 'the proxy refused the connection. It may want a user name and password',
  EPROTO: 'no TLS answer',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS answer',
};

/** An answer came, in words that are none. */
const ANSWER_REASONS: Readonly<Record<string, string>> = {
  Malformed_HTTP_Response: 'it is no HTTP',
  InvalidHTTPResponse: 'it is no HTTP',
  InvalidContentLength: 'its length is no number',
  UnrequestedUpgrade: 'it changes to another protocol',
};

/** Of a connection that stood, or stood almost. */
const LOST = ['ECONNRESET', 'ConnectionClosed', 'EPIPE'];

/** A file that is sent, and no longer there or not to be read. */
const FILE_CODES = ['ENOENT', 'EACCES', 'EISDIR', 'EIO'];

const SOLUTIONS = [
  '',
  'Solutions:',
  "1. Install the CA certificate in this system's trust store",
  '2. Set KSCLI_CA_BUNDLE to your custom CA bundle path',
  '3. (Insecure) Set KSCLI_VERIFY_SSL=false for development',
];

/** The runtime's code of a failed fetch, which it keeps on the error or on its cause. */
export function networkCode(error: Error): string | undefined {
  return findCode(error.cause) ?? findCode(error);
}

export function isCertificateProblem(error: Error): boolean {
  return Object.hasOwn(CERTIFICATE_REASONS, networkCode(error) ?? '');
}

/** @param explanation lines under the reason that a certificate was refused for */
export function networkFailure(error: Error, target: Target, explanation: readonly string[]): Failure {
  const { url, proxy, timeout } = target;
  const { host, hostname } = new URL(url);
  if (isTimeout(error)) {
    return new Failure('network', `No answer from ${host} within ${timeout} seconds`, {
      lines: ['Give it longer with --timeout or KSCLI_TIMEOUT.', ...warnOfRepetition(target)],
      cause: error,
    });
  }
  const code = networkCode(error) ?? 'unknown reason';
  if (isCertificateProblem(error)) {
    // From here nobody can tell which of the two it was.
    const whose = proxy?.url.startsWith('https:') ? `${hostname}, or the proxy ${proxy.shown}` : hostname;
    const reason = `${whose}: ${CERTIFICATE_REASONS[code]} (${code})`;
    return new Failure('tls', '', { lines: ['', reason, ...explanation, ...SOLUTIONS], cause: error });
  }
  if (code === FILE_CHANGED) {
    return new Failure('disk', 'The file changed while it was sent. Run the command again', { cause: error });
  }
  if (FILE_CODES.includes(code))
    return new Failure('disk', `The file cannot be sent: ${describeCause(error)}`, { cause: error });
  const via = proxy ? ` through the proxy ${proxy.shown} (${proxy.variable})` : '';
  return new Failure('network', describeEnd(error, host + via), {
    lines: [
      proxy ? `Check ${proxy.variable} and the base URL.` : adviceFor(code, url),
      ...(mayHaveArrived(error) ? warnOfRepetition(target) : []),
    ],
    cause: error,
  });
}

/** @param whom with the proxy on the way */
function describeEnd(error: Error, whom: string): string {
  const code = networkCode(error) ?? '';
  if (Object.hasOwn(ANSWER_REASONS, code)) return `The answer of ${whom} cannot be read: ${ANSWER_REASONS[code]}`;
  if (isLost(error)) return `Lost the connection to ${whom}: it was closed`;
  return `Could not connect to ${whom}: ${describeConnection(error)}`;
}

/** Not where it is certain that no connection came about. A reason that nobody knows may be of an answer. */
export function mayHaveArrived(error: Error): boolean {
  const code = networkCode(error) ?? '';
  // One that stands, and whose packets are lost on the way, ends like one that was never answered.
  return isLost(error) || code === 'ETIMEDOUT' || !Object.hasOwn(CONNECTION_REASONS, code);
}

/** For a connection that was lost behind the headers of an answer. Its cause says so to those who would try again. */
export function cutAnswer(cause: Error, target: Pick<Target, 'request' | 'url'>): Failure {
  return new Failure('network', `Lost the connection to ${new URL(target.url).host} in the middle of its answer`, {
    lines: warnOfRepetition(target),
    cause,
  });
}

/** Whether a connection that stood is gone. */
export function isLost(error: Error): boolean {
  return LOST.includes(networkCode(error) ?? '');
}

/** A change may have been made although nobody says so. */
function warnOfRepetition({ request: { method, isSafe } }: Pick<Target, 'request'>): string[] {
  if (isSafe || ['GET', 'HEAD', 'OPTIONS'].includes(method)) return [];
  return ['The server may have done it all the same: look before you run it again.'];
}

/** Why no connection came about, or why it ended: the code itself only where there are no words for it. */
function describeConnection(error: Error): string {
  const code = networkCode(error) ?? 'unknown reason';
  return CONNECTION_REASONS[code] ?? `request failed (${code})`;
}

/** A TLS server hangs up on plain http, and a plain one does not speak TLS. */
function adviceFor(code: string, url: string): string {
  if (code === 'EPROTO') return 'This port speaks no TLS. Does the base URL need http:// instead of https://?';
  if (code === 'ECONNRESET' && url.startsWith('http:')) return 'Does the base URL need https:// instead of http://?';
  if (Object.hasOwn(ANSWER_REASONS, code))
    return 'Something else may answer there. Check the base URL (kscli settings show).';
  return 'Check the base URL (kscli settings show) and your network.';
}

export function isTimeout(error: Error): boolean {
  return [error, error.cause].some((at) => at instanceof Error && at.name === 'TimeoutError');
}
