// A line of the journal: its keys in their order, its hash, and what chains it to the line before. Knows no file.

import { createHash } from './hash.ts';

export type Event =
  | 'session.start'
  | 'session.refresh'
  | 'session.end'
  | 'lease.end'
  | 'request'
  | 'request.intent'
  | 'refused'
  | 'token.printed'
  | 'exec'
  | 'file.open';

/** What a line says, by its keys. Absent ones are left out. */
export type Entry = {
  readonly event: Event;
  /** Of `file.open`: the name of the file before. */
  readonly previous?: string | undefined;
  readonly operator?: string | undefined;
  readonly os_user?: string | undefined;
  readonly host?: string | undefined;
  readonly session?: string | undefined;
  readonly base_url?: string | undefined;
  readonly tenant_id?: string | undefined;
  readonly user_id?: string | undefined;
  readonly reason?: string | undefined;
  readonly ticket?: string | undefined;
  readonly command?: string | undefined;
  readonly flags?: readonly string[] | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly query?: readonly string[] | undefined;
  readonly status?: number | undefined;
  readonly ms?: number | undefined;
  /** Bytes of the bodies. */
  readonly sent?: number | undefined;
  readonly received?: number | undefined;
};

/** In the order of a line; before them stand `v`, `seq` and `at`, behind them `prev` and `hash`. */
const KEYS = [
  'event',
  'previous',
  'operator',
  'os_user',
  'host',
  'session',
  'base_url',
  'tenant_id',
  'user_id',
  'reason',
  'ticket',
  'command',
  'flags',
  'method',
  'path',
  'query',
  'status',
  'ms',
  'sent',
  'received',
] as const satisfies readonly (keyof Entry)[];

export const ALL_KEYS: readonly string[] = ['v', 'seq', 'at', ...KEYS, 'prev', 'hash'];

const VERSION = 1;

/** The end of a chain: number and hash of its last line. */
export type Head = { readonly seq: number; readonly hash: string };

/** Before the very first line. */
export const BEGINNING: Head = { seq: 0, hash: '0'.repeat(64) };

/** @param at milliseconds since the epoch @returns the line with its line break, and the head that it makes */
export function encodeLine(entry: Entry, before: Head, at: number): { readonly text: string; readonly head: Head } {
  const seq = before.seq + 1;
  const fields = KEYS.map((key) => [key, entry[key]]);
  const stamp = { v: VERSION, seq, at: new Date(at).toISOString() };
  const unsigned = JSON.stringify({ ...stamp, ...Object.fromEntries(fields), prev: before.hash });
  const hash = createHash(unsigned);
  return { text: `${unsigned.slice(0, -1)},"hash":"${hash}"}\n`, head: { seq, hash } };
}

/** What chains a line. */
export type Frame = Head & { readonly prev: string; readonly event: string; readonly previous: string | undefined };

const START = /^\{"v":1,"seq":([1-9]\d{0,14}),"at":"[^"]*","event":"([a-z.]+)"(?:,"previous":"([^"]*)")?/;
/** Enough for what START looks at. */
const START_LENGTH = 160;
const DIGITS = 64;
/** The end is `,"prev":"…","hash":"…"}`. */
const PREV = ',"prev":"';
const HASH = '","hash":"';
const END_LENGTH = PREV.length + DIGITS + HASH.length + DIGITS + 2;
/** The hash covers all before it, and the bracket. */
const UNHASHED = HASH.length - 1 + DIGITS + 2;

/** undefined for bytes that are no line of a journal, or not the ones that were hashed. @param line without its line break */
export function readFrame(line: Buffer): Frame | undefined {
  const end = line.toString('latin1', Math.max(0, line.length - END_LENGTH));
  const afterPrev = PREV.length + DIGITS;
  const isFramed = end.startsWith(PREV) && end.startsWith(HASH, afterPrev) && end.endsWith('"}');
  const start = isFramed && START.exec(line.toString('latin1', 0, START_LENGTH));
  if (!start) return undefined;
  const hash = end.slice(afterPrev + HASH.length, -2);
  if (createHash(line.subarray(0, line.length - UNHASHED), '}') !== hash) return undefined;
  const [, seq, event = '', previous] = start;
  return { seq: Number(seq), hash, prev: end.slice(PREV.length, afterPrev), event, previous };
}
