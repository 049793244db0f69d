// The pairs of `kscli api`: `key=value`, `key[inner]=value`, `key[]=value` → the pairs of a query, or the object of a body.

import { Failure } from '../errors.ts';
import { parseJson } from '../json/parse.ts';

export type Pair = {
  /** The flag that gave it. */
  readonly flag: '--field' | '--raw-field';
  /** As typed: `tags[]`, `owner[name]`. */
  readonly key: string;
  /** undefined for `key[]` alone, the empty list. */
  readonly value: unknown;
};

const APPEND = Symbol('[]');
type Path = readonly (string | typeof APPEND)[];
type Container = Map<string, unknown> | unknown[];

const LITERAL = /^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/;

/** @param read gives the contents of the file behind an `@` @throws Failure 'usage' */
export async function readPair(
  flag: Pair['flag'],
  typed: string,
  read: (path: string) => Promise<string>,
): Promise<Pair> {
  const at = typed.indexOf('=');
  if (at === -1 && typed.endsWith('[]')) return { flag, key: typed, value: undefined };
  if (at < 1) throw new Failure('usage', `${flag} is '${typed}', but must be key=value`);
  const [key, text] = [typed.slice(0, at), typed.slice(at + 1)];
  if (flag === '--raw-field') return { flag, key, value: text };
  if (text.startsWith('@')) return { flag, key, value: await read(text.slice(1)) };
  return { flag, key, value: LITERAL.test(text) ? parseJson(text) : text };
}

/** A query has no nesting: `key[]` is the key once more, as FastAPI reads a list. */
export function toQuery(pairs: readonly Pair[]): [name: string, value: string][] {
  return pairs.flatMap(({ key, value }) => (value === undefined ? [] : [[key.replace(/\[\]$/, ''), String(value)]]));
}

/** `a[b]=1` → `{a: {b: 1}}`, `a[]=1 a[]=2` → `{a: [1, 2]}`, `a[][b]=1 a[][b]=2` → `{a: [{b: 1}, {b: 2}]}`. @throws Failure 'usage' */
export function toObject(pairs: readonly Pair[]): Record<string, unknown> {
  const root = new Map<string, unknown>();
  for (const pair of pairs) put(root, parsePath(pair), pair);
  return Object.fromEntries([...root].map(([key, value]) => [key, plain(value)]));
}

function parsePath({ flag, key }: Pair): Path {
  const [, first = '', rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key) ?? [];
  if (first === '') throw new Failure('usage', `${flag} has the key '${key}', but it must be like a, a[b] or a[]`);
  return [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, name]) => name || APPEND)];
}

function put(container: Container, [part = APPEND, ...rest]: Path, pair: Pair): void {
  const next = rest[0];
  if (next === undefined) {
    putLast(container, part, pair);
    return;
  }
  const existing = container instanceof Map ? container.get(String(part)) : openElement(container, next);
  const inner = existing ?? (next === APPEND ? [] : new Map<string, unknown>());
  if (!isContainer(inner) || Array.isArray(inner) !== (next === APPEND)) throw clash(pair);
  if (existing === undefined) put(container, [part], { ...pair, value: inner });
  put(inner, rest, pair);
}

function putLast(container: Container, part: Path[number], pair: Pair): void {
  if (pair.value === undefined) return;
  if (Array.isArray(container)) container.push(pair.value);
  else if (container.has(String(part))) throw clash(pair);
  else container.set(String(part), pair.value);
}

/** `a[][b]` goes into the last object of the list, until that has a `b`. */
function openElement(list: readonly unknown[], key: Path[number]): unknown {
  const last = list.at(-1);
  return last instanceof Map && !last.has(key) ? last : undefined;
}

function isContainer(value: unknown): value is Container {
  return value instanceof Map || Array.isArray(value);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Map ? Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)])) : value;
}

function clash({ flag, key }: Pair): Failure {
  return new Failure(
    'usage',
    `${flag} gives '${key}' a second meaning. For a list, write ${key.replace(/\[.*/, '')}[]`,
  );
}
