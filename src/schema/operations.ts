// An API command as data: an operation is one row, a resource is a group of them. The words that rows are written in are in rows.ts.

import type { Fields } from './fields.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The typed values, by the row's keys; others are absent. */
export type Given = Readonly<Record<string, unknown>>;

/** Asks the server for one object on the way. */
export type Ask = (path: string) => Promise<Given>;

export type Operation = {
  readonly method: Method;
  /** `{placeholders}` are arguments, unless `pathFlags` makes them flags. May end in a query that is always the same. */
  readonly path: string;
  /** A verb first, a capital letter, no full stop. */
  readonly summary: string;
  /** Placeholders that are arguments but no UUIDs. */
  readonly args?: Fields;
  /** Placeholders that are flags. */
  readonly pathFlags?: Fields;
  readonly query?: Fields;
  /** Sent as JSON. A dot in a key leads into an object. */
  readonly body?: Fields;
  /** Sent as the parts of a form, in this order. */
  readonly form?: Fields;
  /** Flags that are not sent: they choose the request or shape the output. */
  readonly clientOnly?: Fields;
  /** The last argument may be given more often, and come from standard input: a request for each. */
  readonly each?: true;
  /** Only reads, though its method could change something. */
  readonly isSafe?: true;
  /** Makes something that outlives the session: only with `--allow-lasting`. */
  readonly isLasting?: true;
  /** The request that older servers knew in its place: asked where this one is not known, with the same flags. */
  readonly formerly?: Formerly;
  /** For a request that only older servers know: the sentence where this one does not. */
  readonly unknownMessage?: string;
  /** Keys of flags of which exactly one is needed. */
  readonly oneOf?: readonly string[];
  /** What depends on what was typed, or on what the server says on the way. */
  readonly prepare?: (given: Given, ask: Ask) => Promise<Prepared>;
  /** The sentence for a success, with placeholders. */
  readonly successMessage?: string;
  /** The sentence for a 200 where a 201 is usual: something was there, and is changed. */
  readonly changedMessage?: string;
  /** The question before something is lost, where `confirm` asks. */
  readonly confirmation?: string;
  /** The path of a list that is lost with it: the question tells its length. */
  readonly losesList?: string;
  readonly columns?: readonly string[];
  /** The row's own key, where it is another than the resource's; false where the answer has none. */
  readonly id?: string | false;
  /** The key of a list's rows, if the list is no bare array. An answer of a row without it is one object. */
  readonly itemsKey?: string;
  /** How the rows hang together as a tree. */
  readonly tree?: TreeShape;
  /** The workflow that the answer names, which `--wait` waits for: of a file that was sent, or any. */
  readonly waitsFor?: 'contents' | 'workflow';
  /** The key of a secret in the answer, which no other answer shows again. */
  readonly secretKey?: string;
  /** The key of a list in the answer that is empty where all went well. */
  readonly errorsKey?: string;
};

/** @property isReadAsId older servers take the end of the described path for an id */
export type Formerly<Path extends string = string> = {
  readonly method: Method;
  readonly path: Path;
  readonly isReadAsId?: true;
};

export type Prepared = {
  /** In place of the row's own. */
  readonly path?: string;
  readonly columns?: readonly string[];
  /** Beside what was typed. */
  readonly query?: Given;
  /** Beside what was typed, which wins. */
  readonly body?: Given;
  /** A question that the server's words lead to, where `confirm` asks. */
  readonly confirmation?: string;
};

export type TreeShape = {
  /** The key that holds another row's `path_part_id`. */
  readonly parent: string;
  /** The text of a row that is not just its name; undefined leaves it out. */
  readonly label?: (row: Given, given: Given) => string | undefined;
};

export type Resource = {
  readonly name: string;
  /** Of its lists, by the API's keys. */
  readonly columns: readonly string[];
  /** The key that id-only prints. */
  readonly id: string;
  readonly operations: Readonly<Record<string, Operation>>;
};

/** The name of a row in a tree. */
export function nameRow(row: Given): string {
  return showText(row['name'] ?? row['path_part_id']);
}

/** A text as it is, and anything else as JSON: what a server sends need not be what the row expects. */
export function showText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '-');
}

/** The most rows that the server gives at once. */
export const LARGEST_PAGE = 100;

/** The rows of a list that nobody gave a limit. */
export const SCREENFUL = 20;

/** `{folder_id}` in a path. */
export function listPlaceholders(path: string): string[] {
  return [...path.matchAll(/\{([\w.]+)\}/g)].map(([, name = '']) => name);
}

/** The flag or argument of an API key: `settings.brand_name` → `brand-name`. */
export function toKebab(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1).replaceAll('_', '-');
}
