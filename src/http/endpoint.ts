// Where a URL leads, as sockets want it.

/** @property host without the brackets of an IPv6 address */
export type Endpoint = { readonly host: string; readonly port: number };

export function toEndpoint(url: string): Endpoint {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) };
}
