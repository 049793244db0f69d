// The result of a command: something to show, before it has a format, and its success.

import type { Failure } from '../errors.ts';
import type { Pages } from '../http/pages.ts';
import { isObject, type Json, type JsonObject, mapTexts } from '../json/value.ts';

export type CommandResult = {
  readonly show: Show;
  /** The exit code, where what is shown is bad news. */
  readonly exit?: number;
  /** The failure that ended the command after the data that is shown, with its exit code. */
  readonly failure?: Failure;
  /** Said on stderr after the data. */
  readonly notice?: string;
  /** Lines for the failure where what is shown reaches nobody, since stdout is full or closed: then that is one, too. */
  readonly unread?: readonly string[];
  /** In the place of exit, failure and notice, where they are known only once all of it was shown. */
  readonly end?: () => Ending;
};

export type Ending = Pick<CommandResult, 'exit' | 'failure' | 'notice'>;

/** All at once, page by page (shown as they come where the format allows it), or bytes that go to stdout as they are in any format. */
export type Show = Readable | (Layout & { readonly raw: Raw });

/** Values, and no bytes. */
export type Readable = Whole | (Layout & { readonly pages: Pages });

/** @property data what json, yaml and tree print */
export type Whole = Layout & {
  readonly data: Json;
  /** The rows of a table and of id-only, where the data is no list of them. */
  readonly rows?: Json[];
};

type Raw = AsyncIterable<string | Uint8Array> | Iterable<string>;

export type Layout = {
  /** Sentences in place of a table. */
  readonly text?: string;
  /** The columns of a list, by the API's keys. All keys of the first row where none are given. */
  readonly columns?: readonly string[];
  /** The key that id-only prints. */
  readonly id?: string;
  /** The id that was typed: id-only prints it where the answer has none. */
  readonly typedId?: string;
  /** The last line under a table. */
  readonly footer?: string;
  /** The rows are fewer than the server counts. */
  readonly hidesTotal?: boolean;
  /** Made by kscli out of what others said, so without secrets; the server's own data is shown as it came. */
  readonly isComposed?: boolean;
  /** The key of a list's rows; absent for an object. A bare array is always a list. */
  readonly itemsKey?: string;
  /** How the rows hang together in a tree. */
  readonly tree?: Tree;
  /** The tree stands in place of the table. */
  readonly drawsTree?: boolean;
};

/** @property parent the key with another row's `path_part_id` @property label undefined leaves the row out */
export type Tree = { readonly parent: string; readonly label: (row: JsonObject) => string | undefined };

type Data = { readonly data: Json; readonly itemsKey?: string | undefined };

/** The rows of a list: an array, or one under a key. undefined for anything else. */
export function findRows({ data, itemsKey }: Data): Json[] | undefined {
  if (Array.isArray(data)) return data;
  const rows = itemsKey !== undefined && isObject(data) ? data[itemsKey] : undefined;
  return Array.isArray(rows) ? rows : undefined;
}

/** The number of rows in all, where the server says so. */
export function findTotal({ data, itemsKey }: Data): Json | undefined {
  return isObject(data) && findRows({ data, itemsKey }) ? (data['total'] ?? undefined) : undefined;
}

export function asObject(data: Json): JsonObject {
  return isObject(data) ? data : { value: data };
}

/** A composed result, with each text in it redacted. */
export function withoutSecrets(show: Show, redact: (text: string) => string): Show {
  if (!show.isComposed || !('data' in show)) return show;
  return { ...show, data: mapTexts(show.data, redact), ...(show.text !== undefined && { text: redact(show.text) }) };
}
