// A request as data, before it has a host, a cookie or a connection.

import { Failure } from '../errors.ts';
import type { Upload } from '../files/upload.ts';

export type ApiRequest = {
  readonly method: string;
  /** Only reads, though its method could change something. */
  readonly isSafe?: boolean;
  /** Under the base URL, beginning with a slash. */
  readonly path: string;
  /** In the order in which they are sent; not encoded. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Sent as it is, in place of a body. */
  readonly content?: string | Uint8Array<ArrayBuffer>;
  /** Sent as multipart/form-data, the file straight from the disk. */
  readonly form?: readonly FormPart[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Carries neither key nor token, and needs no warning about who might read them. */
  readonly isAnonymous?: boolean;
  /** The name of an exchange in the journal. */
  readonly event?: 'session.start' | 'session.refresh';
  /** Seconds, where it may take less than the settings say. */
  readonly timeout?: number;
  /** The answer is wanted byte for byte, also where it is no UTF-8. */
  readonly wantsBytes?: boolean;
  /** What it makes may outlive the session. */
  readonly mayLast?: boolean;
  /** Asked in its place where the server does not know this one. */
  readonly former?: Former;
  /** The sentence for a server that does not know it, where no description does. */
  readonly unknownMessage?: string;
};

/** @property row names the request without its ids @property isReadAsId older servers take the end of this path for an id */
type Former = {
  readonly row: string;
  readonly method: string;
  readonly path: string;
  readonly isReadAsId?: boolean;
};

export type FormPart =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly file: Upload };

/** The answer, whatever its status. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  /** As it came, or already as a text. */
  readonly body: Uint8Array | string;
};

/** Path and query, encoded. */
export function encodeTarget({ path, query = [] }: ApiRequest): string {
  if (query.length === 0) return path;
  const pairs = query.map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return `${path}${path.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

/**
 * A value as one part of a path.
 * @throws Failure 'answer' for what would lead elsewhere: `.` and `..` are resolved by whoever reads the URL, however encoded
 */
export function encodeSegment(value: string): string {
  if (!['', '.', '..'].includes(value)) return encode(value);
  throw new Failure('answer', `'${value}' cannot be a part of a path. Nothing was sent`);
}

/** A lone surrogate, which no URL can carry, becomes U+FFFD. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
