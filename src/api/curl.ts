// A request as a configuration of curl: what is secret stays out of every argument list.

import type { Proof } from '../auth/authenticator.ts';
import type { Context } from '../context.ts';
import { locate } from '../files/locate.ts';
import { isLoopback, proxyFor } from '../http/proxy.ts';
import { encodeTarget } from '../http/request.ts';
import { resolveTarget } from './request.ts';

/** @param path under the base URL @param proof headers, by their names in small letters @throws Failure 'usage' for a path that leads elsewhere */
export function formatCurlConfig(path: string, proof: Proof, { settings, world, conceal }: Context): string {
  const url = settings.baseUrl + encodeTarget({ method: 'GET', ...resolveTarget(path, settings.baseUrl) });
  const { protocol, hostname } = new URL(url);
  const proxy = proxyFor(url, world.env);
  conceal(proxy?.password);
  const lines = [
    ['url', url],
    ...Object.entries(proof).map(([name, value]) =>
      name === 'cookie' ? ([name, value] as const) : (['header', `${name}: ${value}`] as const),
    ),
    // Plain http to this machine alone.
    ['proto', protocol === 'http:' && isLoopback(hostname) ? '=http' : '=https'],
    ['max-redirs', 0],
    // Braces and brackets would be more than one address.
    ['globoff'],
    ...(settings.caBundle ? [['cacert', locate(settings.caBundle, world.home)]] : []),
    // The decision is kscli's: curl would look into the environment by itself.
    ...(proxy
      ? [
          ['proxy', proxy.url],
          ['noproxy', ''],
        ]
      : [['noproxy', '*']]),
  ] as const;
  return lines.map(([name, value]) => `${name}${value === undefined ? '' : ` = ${quote(value)}`}\n`).join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** As curl reads it (man curl, --config): no character can end it. */
function quote(value: string | number): string {
  if (typeof value === 'number') return String(value);
  return `"${value.replace(/[\\"\n\r\t\v]/g, (character) => ESCAPES[character] ?? '')}"`;
}
