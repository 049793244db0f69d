// The proxy of a request. kscli decides by itself: the runtime would send even loopback through one.

import { Failure } from '../errors.ts';
import type { Env } from '../world.ts';
import { toEndpoint } from './endpoint.ts';
import { isListed } from './no-proxy.ts';

export type ProxyChoice = {
  /** With its credentials, for the runtime only. */
  readonly url: string;
  /** Safe to show: `http://proxy.example.com:3128`. */
  readonly shown: string;
  /** The variable that named it. */
  readonly variable: string;
  /** Decoded; empty where there is none. */
  readonly password: string;
  /** `user:password`, decoded; undefined without a user. */
  readonly login: string | undefined;
};

/** @throws Failure 'settings' for a proxy that is no http or https URL */
export function proxyFor(target: string, env: Env): ProxyChoice | undefined {
  const { host, port } = toEndpoint(target);
  if (isLoopback(host) || isListed(host, port, env['no_proxy'] || env['NO_PROXY'] || '')) return undefined;
  const scheme = target.startsWith('https:') ? 'https_proxy' : 'http_proxy';
  // Lower case first, as curl does: a CGI server sets HTTP_PROXY from a request's header.
  for (const variable of [scheme, scheme.toUpperCase(), 'all_proxy', 'ALL_PROXY']) {
    const text = env[variable];
    if (text) return parseProxy(text, variable);
  }
  return undefined;
}

/** The passwords of all proxies that variables name, as they stand there and as they are meant. */
export function listProxyPasswords(env: Env): string[] {
  return Object.entries(env).flatMap(([name, text = '']) => {
    const written = PROXY.test(name) ? /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#@:]*:(.*)@/is.exec(text)?.[1] : undefined;
    return written ? [written, decodeLeniently(written)] : [];
  });
}

const PROXY = /^(https?|all)_proxy$/i;

function decodeLeniently(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function parseProxy(text: string, variable: string): ProxyChoice {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw new Failure('settings', `The proxy in ${variable} must be an http or https URL`);
  }
  const [user, password] = [url.username, url.password].map((part) => decoded(part, variable));
  const login = user ? `${user}:${password}` : undefined;
  return { url: url.href, shown: url.origin, variable, password: password ?? '', login };
}

function decoded(part: string, variable: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new Failure('settings', `The user name or password of the proxy in ${variable} is not URL-encoded`, {
      cause,
    });
  }
}
