// The vocabulary for API commands: an operation is one row, a resource is a group of them. Data only, but for the functions
// that a row names where it cannot say what it means.

import { type Fields, flag, integer } from './fields.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** What was typed, by the row's keys. What was not typed is absent. */
export type Given = Readonly<Record<string, unknown>>;

/** Asks the server for one object on the way. */
export type Ask = (path: string) => Promise<Given>;

export type Operation = {
  readonly method: Method;
  /** `{placeholders}` are arguments, unless `pathFlags` makes them flags. May end in a query that is always the same. */
  readonly path: string;
  /** A capital letter, no full stop. */
  readonly summary: string;
  /** Placeholders that are arguments but no UUIDs, and parts of the body that are arguments. */
  readonly args?: Fields;
  /** Placeholders that are flags. */
  readonly pathFlags?: Fields;
  readonly query?: Fields;
  readonly body?: Fields;
  /** Flags that are not sent: they choose the request or shape the output. */
  readonly clientOnly?: Fields;
  /** Only reads, though its method could change something. */
  readonly isSafe?: boolean;
  /** Flags of which exactly one is needed. */
  readonly oneOf?: readonly string[];
  /** The body that is sent, where it is not simply the flags by their keys. */
  readonly toBody?: (body: Given) => Given;
  /** Another path or other pairs in the query, depending on what was typed. */
  readonly prepare?: (given: Given, ask: Ask) => Promise<{ readonly path?: string; readonly query?: Given }>;
  /** The sentence for a success, with placeholders. */
  readonly successMessage?: string;
  /** What is asked before something is lost, where `confirm` is on. */
  readonly confirmation?: string;
  readonly columns?: readonly string[];
  /** The row's own key, where it is another than the resource's. */
  readonly id?: string;
  /** Where the rows are, in an answer that is no page of `items`. */
  readonly itemsKey?: string;
  /** How the rows hang together as a tree. */
  readonly tree?: TreeShape;
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

type Rest = Omit<Operation, 'method' | 'path'>;

export const get = (path: string, rest: Rest): Operation => ({ method: 'GET', path, ...rest });
export const post = (path: string, rest: Rest): Operation => ({ method: 'POST', path, ...rest });
export const patch = (path: string, rest: Rest): Operation => ({ method: 'PATCH', path, ...rest });
export const del = (path: string, rest: Rest): Operation => ({ method: 'DELETE', path, ...rest });

/** A list whose pages are asked for with limit and offset. */
export const list = (path: string, rest: Rest): Operation =>
  get(path, {
    ...rest,
    query: { ...rest.query, ...page },
    clientOnly: { ...rest.clientOnly, all: ALL },
  });

/** Something is lost, and a sentence says what. */
export const remove = (path: string, thing: string, rest: Partial<Rest> = {}): Operation => {
  const key = /\{(\w+)\}$/.exec(path)?.[1];
  return del(path, {
    summary: `Delete ${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${thing}`,
    confirmation: `Delete ${thing} {${key}}`,
    successMessage: `Deleted ${thing} {${key}}`,
    ...rest,
  });
};

/** What a row of a tree is called. */
export function nameRow(row: Given): string {
  return String(row['name'] ?? row['path_part_id']);
}

/** The most rows that the server gives at once. */
export const LARGEST_PAGE = 100;

/** The rows of a list that nobody gave a limit. */
export const SCREENFUL = 20;

const page = {
  limit: integer('Maximum rows', { short: 'l', min: 1, max: LARGEST_PAGE, default: SCREENFUL }),
  offset: integer('Rows to skip', { short: 'o', min: 0, default: 0 }),
} as const;

export const ALL = flag('Follow the pages to the end');

export const defineResource = <const R extends Resource>(resource: { id?: string } & Omit<R, 'id'>): Resource => ({
  id: 'id',
  ...resource,
});

/** `{folder_id}` in a path. */
export function placeholdersIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** The flag or argument of an API key. */
export function kebab(key: string): string {
  return key.replaceAll('_', '-');
}
