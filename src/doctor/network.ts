// doctor's checks of the way to the server: name, proxy, connection, certificates.

import type { Context } from '../context.ts';
import { Failure, findCode } from '../errors.ts';
import { day, listNames } from '../http/certificates.ts';
import { type Endpoint, toEndpoint } from '../http/endpoint.ts';
import { CERTIFICATE_REASONS, CONNECTION_REASONS } from '../http/failure.ts';
import { isLoopback, type ProxyChoice, proxyFor } from '../http/proxy.ts';
import { findTrust, systemTrust, type Trust } from '../http/trust.ts';
import type { Certificate, Handshake, World } from '../world.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';
import type { Deadline } from './deadline.ts';

export type Route = Endpoint & {
  readonly isTls: boolean;
  readonly proxy: ProxyChoice | undefined;
  readonly deadline: Deadline;
};

/** @throws Failure 'settings' for a proxy that is no URL */
export function routeTo(url: string, deadline: Deadline, { world, conceal }: Context): Route {
  const proxy = proxyFor(url, world.env);
  conceal(proxy?.password);
  return { ...toEndpoint(url), isTls: url.startsWith('https:'), proxy, deadline };
}

export async function checkName({ host, proxy, deadline }: Route, { world }: Context): Promise<Check> {
  if (proxy) return skipped('name resolution', `${host} is resolved by the proxy`);
  if (isLoopback(host)) return ok('name resolution', `${host} is this machine`);
  try {
    const addresses = await (await world.probe()).lookup(host, deadline.left());
    const whose = addresses.every(isLoopback) ? ', this machine' : '';
    return ok('name resolution', `${host} is ${addresses.join(', ')}${whose}`);
  } catch (error) {
    leaveIfGivenUp(error, world);
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
    await (await world.probe()).connect(target.host, target.port, server.deadline.left());
    return ok('connection', `${shown} accepts connections`);
  } catch (error) {
    leaveIfGivenUp(error, world);
    const remedy = proxy
      ? `The proxy in ${proxy.variable} does not answer. Correct or unset ${proxy.variable}.`
      : 'Is the server running, and the port of the base URL right? A firewall may be in between.';
    return failed('connection', `${shown}: ${reasonFor(error)}`, remedy);
  }
}

export type FoundChain = { readonly check: Check; readonly chain: readonly Certificate[] };

/** Tries the trust of the settings, then the operating system's where the settings name no bundle. */
export async function checkTls(route: Route, context: Context): Promise<FoundChain> {
  if (!route.isTls && isLoopback(route.host))
    return { check: ok('TLS', 'plain http to this machine: nothing leaves it'), chain: [] };
  if (!route.isTls) {
    return {
      check: warning('TLS', 'plain http: nothing is encrypted', 'Use https, unless the server is on this machine.'),
      chain: [],
    };
  }
  try {
    const configured = await findTrust(context);
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
  { host, port, proxy, deadline }: Route,
  { world }: Context,
): Promise<Handshake> {
  return (await world.probe()).handshake({ host, port, ca, proxy, isProxyVerified, timeout: deadline.left() });
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

/** A name that nobody resolves goes on being looked for, which would keep the process for many seconds more. */
function leaveIfGivenUp(error: unknown, { leaveBehind }: World): void {
  if (findCode(error) === 'ETIMEDOUT') leaveBehind();
}

function reasonFor(error: unknown): string {
  const code = findCode(error) ?? 'unknown reason';
  return CONNECTION_REASONS[code] ?? `${CERTIFICATE_REASONS[code] ?? 'no handshake'} (${code})`;
}
