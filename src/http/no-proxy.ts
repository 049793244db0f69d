// Which hosts NO_PROXY names, as curl and Go read it. Knows nothing of proxies.

/** An IPv4 address has 32 bits, an IPv6 address 128. */
type Address = { readonly value: bigint; readonly bits: 32 | 128 };

/**
 * Whether a list names a host: by itself, by a domain above it, by its address or a network around that (CIDR), each with
 * an optional port. Entries are separated by commas or blanks; `*` names everything.
 * @param host without brackets
 */
export function isListed(host: string, port: number, list: string): boolean {
  const name = trimDot(host.toLowerCase());
  const address = parseAddress(name);
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry === '*' || (address ? namesAddress(entry, address, port) : namesHost(entry, name, port)));
}

/** `example.com` and `.example.com` name all below them and themselves, as in curl; `*.example.com` all below it, as in Go. */
function namesHost(entry: string, name: string, port: number): boolean {
  const [, typed = '', only] = /^([^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  if (only !== undefined && Number(only) !== port) return false;
  const domain = trimDot(typed.replace(/^\*?\./, ''));
  if (domain === '') return false;
  return name.endsWith(`.${domain}`) || (name === domain && !typed.startsWith('*'));
}

/** An address is part of no domain, so only addresses and networks name it. */
function namesAddress(entry: string, address: Address, port: number): boolean {
  const [, network = '', prefix] = /^(.*)\/(\d{1,3})$/.exec(entry) ?? [];
  if (prefix !== undefined) return isInside(address, parseAddress(network), Number(prefix));
  const [, bracketed, plain, only] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  if (only !== undefined && Number(only) !== port) return false;
  return isInside(address, parseAddress(bracketed ?? plain ?? entry), address.bits);
}

function isInside(address: Address, network: Address | undefined, prefix: number): boolean {
  if (network === undefined || network.bits !== address.bits || prefix > network.bits) return false;
  const rest = BigInt(network.bits - prefix);
  return address.value >> rest === network.value >> rest;
}

/** undefined for anything else. An IPv4 address in the clothes of IPv6 (`::ffff:10.0.0.1`) is an IPv4 address. */
function parseAddress(text: string): Address | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts) return parts.every((part) => part < 256) ? { value: joinParts(parts, 8n), bits: 32 } : undefined;
  // It knows all ways to write one, and gives the shortest.
  const hostname = text.includes(':') ? URL.parse(`http://[${text}]`)?.hostname : undefined;
  if (hostname === undefined) return undefined;
  const value = joinParts(expandGroups(hostname.slice(1, -1)), 16n);
  return value >> 32n === 0xffffn ? { value: value & 0xffff_ffffn, bits: 32 } : { value, bits: 128 };
}

/** `fd00::1` → eight numbers. */
function expandGroups(text: string): number[] {
  const [left = [], right] = text.split('::').map((side) => side.split(':').filter(Boolean));
  const groups = right ? [...left, ...new Array<string>(8 - left.length - right.length).fill('0'), ...right] : left;
  return groups.map((group) => Number.parseInt(group, 16));
}

function joinParts(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((value, part) => (value << width) | BigInt(part), 0n);
}

/** The root of all names, which may stand at the end of any. */
function trimDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name;
}
