// What doctor finds on the way to the server: name, proxy, connection, certificates, clock, token.

import type { Credentials } from '../auth/credentials.ts';
import { toCookie } from '../auth/impersonation.ts';
import { parseTime } from '../auth/time.ts';
import type { Context } from '../context.ts';
import { Failure, findCode } from '../errors.ts';
import { day, listNames } from '../http/certificates.ts';
import { send } from '../http/client.ts';
import { type Endpoint, toEndpoint } from '../http/endpoint.ts';
import { CERTIFICATE_REASONS, CONNECTION_REASONS } from '../http/failure.ts';
import { type ProxyChoice, proxyFor } from '../http/proxy.ts';
import type { Answer } from '../http/request.ts';
import { findTrust, systemTrust, type Trust } from '../http/trust.ts';
import type { Certificate, Handshake } from '../world.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';

export type Route = Endpoint & { readonly isTls: boolean; readonly proxy: ProxyChoice | undefined };

const LONGEST_LOOK_MS = 10_000;

/** @throws Failure 'settings' for a proxy that is no URL */
export function routeTo(url: string, { world, conceal }: Context): Route {
  const proxy = proxyFor(url, world.env);
  conceal(proxy?.password);
  return { ...toEndpoint(url), isTls: url.startsWith('https:'), proxy };
}

export async function checkName({ host, proxy }: Route, { world }: Context): Promise<Check> {
  if (proxy) return skipped('name resolution', `${host} is resolved by the proxy`);
  try {
    return ok('name resolution', `${host} is ${(await (await world.probe()).lookup(host)).join(', ')}`);
  } catch (error) {
    return failed(
      'name resolution',
      `${host}: ${reasonFor(error)}`,
      'Check the base URL for a typo, then DNS and VPN.',
    );
  }
}

export function checkProxy({ proxy }: Route): Check {
  return ok('proxy', proxy ? `${proxy.shown} (${proxy.variable})` : 'none');
}

export async function checkConnection({ proxy, ...server }: Route, { world }: Context): Promise<Check> {
  const target = proxy ? toEndpoint(proxy.url) : server;
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const shown = `${proxy ? 'proxy ' : ''}${host}:${target.port}`;
  try {
    await (await world.probe()).connect(target.host, target.port, LONGEST_LOOK_MS);
    return ok('connection', `${shown} accepts connections`);
  } catch (error) {
    const remedy = proxy
      ? `The proxy in ${proxy.variable} does not answer. Correct or unset ${proxy.variable}.`
      : 'Is the server running, and the port of the base URL right? A firewall may be in between.';
    return failed('connection', `${shown}: ${reasonFor(error)}`, remedy);
  }
}

export type FoundChain = { readonly check: Check; readonly chain: readonly Certificate[] };

/** Tries the trust of the settings, then the operating system's where the settings name no bundle. */
export async function checkTls(route: Route, context: Context): Promise<FoundChain> {
  if (!route.isTls) {
    return {
      check: warning('TLS', 'plain http: nothing is encrypted', 'Use https, unless the server is on this machine.'),
      chain: [],
    };
  }
  try {
    const configured = await findTrust(context.settings);
    // Requests would try the operating system's store for a proxy too.
    const trust = (await isProxyRefused(configured, route, context)) ? await systemTrust() : configured;
    const first = await handshakeWith(trust, route, context);
    if (!trust.rejectUnauthorized) return { check: unverified(first), chain: first.chain };
    const isSecondTry = first.refusal !== undefined && trust.canFallBack;
    const system = isSecondTry ? await handshakeWith(await systemTrust(), route, context) : undefined;
    const verdicts = [
      sayVerdict(trust, first),
      ...(system ? [`the operating system's store ${verdictIn(system)}`] : []),
    ];
    return { check: judge(system ?? first, verdicts), chain: first.chain };
  } catch (error) {
    const remedy =
      findCode(error) === 'ERR_SSL_WRONG_VERSION_NUMBER'
        ? 'The port speaks no TLS. Does the base URL need http:// instead of https://?'
        : 'Correct what is named here.';
    // Of a server, a bad certificate is no error here: it is looked at.
    const whose = route.proxy && Object.hasOwn(CERTIFICATE_REASONS, findCode(error) ?? '') ? 'the proxy: ' : '';
    const why = error instanceof Failure ? error.message : whose + reasonFor(error);
    return { check: failed('TLS', why, remedy), chain: [] };
  }
}

async function isProxyRefused(trust: Trust, route: Route, context: Context): Promise<boolean> {
  if (!trust.canFallBack || !route.proxy?.url.startsWith('https:')) return false;
  try {
    await handshakeWith(trust, route, context);
    return false;
  } catch (error) {
    return Object.hasOwn(CERTIFICATE_REASONS, findCode(error) ?? '');
  }
}

async function handshakeWith(
  { ca, rejectUnauthorized: isProxyVerified }: Trust,
  { host, port, proxy }: Route,
  { world }: Context,
): Promise<Handshake> {
  return (await world.probe()).handshake({ host, port, ca, proxy, isProxyVerified, timeout: LONGEST_LOOK_MS });
}

function judge({ chain, refusal }: Handshake, verdicts: readonly string[]): Check {
  const detail = [...verdicts, ...chain.map(describe)].join('\n');
  if (refusal === undefined) return ok('TLS', detail);
  return failed('TLS', detail, REMEDIES[refusal] ?? UNKNOWN_CA);
}

const UNKNOWN_CA =
  'Set KSCLI_CA_BUNDLE to the certificate of your CA. kscli doctor --save-chain FILE writes what the server presents; compare its fingerprints first.';
const REMEDIES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "Tell the server's operators to renew the certificate, unless this machine's clock is wrong.",
  CERT_NOT_YET_VALID: "Check this machine's clock.",
  ERR_TLS_CERT_ALTNAME_INVALID: 'Use one of the names that the certificate is for in the base URL.',
};

function unverified({ chain }: Handshake): Check {
  const detail = ['not verified: KSCLI_VERIFY_SSL is false', ...chain.map(describe)].join('\n');
  return warning('TLS', detail, 'Set KSCLI_CA_BUNDLE instead, and unset KSCLI_VERIFY_SSL.');
}

function sayVerdict({ store }: Trust, handshake: Handshake): string {
  return `${store} ${verdictIn(handshake)}`;
}

function verdictIn({ refusal }: Handshake): string {
  return refusal === undefined ? 'accepts' : `refuses: ${CERTIFICATE_REASONS[refusal] ?? 'not trusted'} (${refusal})`;
}

function describe(certificate: Certificate, index: number): string {
  const { subject, issuer, validFrom, validTo, fingerprint } = certificate;
  return [
    `${index + 1}. ${subject}${certificate.names.length > 0 ? `, for ${listNames(certificate)}` : ''}`,
    `   issued by ${issuer}`,
    `   valid ${day(validFrom)} to ${day(validTo)}`,
    `   SHA-256 ${fingerprint}`,
  ].join('\n');
}

const LARGEST_DIFFERENCE = 60;

/** One request, with the token where it may be sent. It also tells the server's time. */
export async function checkAnswer(credentials: Credentials | undefined, context: Context): Promise<Check[]> {
  const isLive = credentials !== undefined && (parseTime(credentials.expiresAt) ?? 0) * 1000 > context.world.now();
  const headers = isLive ? toCookie(credentials) : {};
  try {
    const answer = await send({ method: 'GET', path: '/v1/users/me' }, headers, context);
    return [
      checkClock(answer, context),
      isLive ? checkToken(answer) : skipped('token', 'not tried: none that is valid'),
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [
      skipped('clock', 'no answer to compare with'),
      failed('request', [error.message, ...error.lines].join('\n'), 'See above.'),
    ];
  }
}

function checkClock({ headers }: Answer, { world }: Context): Check {
  const server = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(server)) return skipped('clock', 'the server does not tell its time');
  const difference = Math.round((world.now() - server) / 1000);
  const detail = `${Math.abs(difference)} seconds ${difference < 0 ? 'behind' : 'ahead of'} the server`;
  if (Math.abs(difference) <= LARGEST_DIFFERENCE) return ok('clock', detail);
  return failed('clock', detail, "Set this machine's clock: tokens and certificates depend on it.");
}

function checkToken({ status }: Answer): Check {
  if (status >= 200 && status < 300) return ok('token', 'accepted');
  if (status === 401)
    return failed('token', 'refused (401): revoked, or signed by another server', 'Run kscli assume-user again.');
  return failed('token', `the server answers ${status}`, 'Ask the operators of the server.');
}

function reasonFor(error: unknown): string {
  const code = findCode(error) ?? 'unknown reason';
  return `${CONNECTION_REASONS[code] ?? CERTIFICATE_REASONS[code] ?? 'no handshake'} (${code})`;
}
