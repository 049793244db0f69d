// The endpoint of a URL, in the form that sockets want.

/** @property host without the brackets of an IPv6 address */
export type Endpoint = { readonly host: string; readonly port: number };

export function toEndpoint(url: string): Endpoint {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) };
}
