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
  /** `{placeholders}` are arguments, unless `path` makes them flags. May end in a query that is always the same. */
  readonly template: string;
  /** A capital letter, no full stop. */
  readonly summary: string;
  /** Placeholders that are arguments but no UUIDs, and parts of the body that are arguments. */
  readonly arguments?: Fields;
  /** Placeholders that are flags. */
  readonly path?: Fields;
  readonly query?: Fields;
  readonly body?: Fields;
  /** Flags that are not sent: they choose the request or shape the output. */
  readonly local?: Fields;
  /** Flags of which exactly one is needed. */
  readonly exactlyOne?: readonly string[];
  /** The body that is sent, where it is not simply the flags by their keys. */
  readonly shape?: (body: Given) => Given;
  /** Another path or other pairs in the query, depending on what was typed. */
  readonly adjust?: (given: Given, ask: Ask) => Promise<{ readonly path?: string; readonly query?: Given }>;
  /** The sentence for a success, with placeholders. */
  readonly done?: string;
  /** What is asked before something is lost, where `confirm` is on. */
  readonly question?: string;
  readonly columns?: readonly string[];
  /** The row's own key, where it is another than the resource's. */
  readonly id?: string;
  /** Where the rows are, in an answer that is no page of `items`. */
  readonly rows?: string;
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

type Rest = Omit<Operation, 'method' | 'template'>;

export const get = (template: string, rest: Rest): Operation => ({ method: 'GET', template, ...rest });
export const post = (template: string, rest: Rest): Operation => ({ method: 'POST', template, ...rest });
export const patch = (template: string, rest: Rest): Operation => ({ method: 'PATCH', template, ...rest });
export const del = (template: string, rest: Rest): Operation => ({ method: 'DELETE', template, ...rest });

/** A list whose pages are asked for with limit and offset. */
export const list = (template: string, rest: Rest): Operation =>
  get(template, {
    ...rest,
    query: { ...rest.query, ...page },
    local: { ...rest.local, all: ALL },
  });

/** Something is lost, and a sentence says what. */
export const remove = (template: string, thing: string, rest: Partial<Rest> = {}): Operation => {
  const key = /\{(\w+)\}$/.exec(template)?.[1];
  return del(template, {
    summary: `Delete ${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${thing}`,
    question: `Delete ${thing} {${key}}`,
    done: `Deleted ${thing} {${key}}`,
    ...rest,
  });
};

/** What a row of a tree is called. */
export function nameOf(row: Given): string {
  return String(row['name'] ?? row['path_part_id']);
}

/** The most rows that the server gives at once. */
export const LARGEST_PAGE = 100;

/** The rows of a list that nobody gave a limit. */
export const SCREENFUL = 20;

const page = {
  limit: integer('Maximum rows', { short: 'l', least: 1, greatest: LARGEST_PAGE, preset: SCREENFUL }),
  offset: integer('Rows to skip', { short: 'o', least: 0, preset: 0 }),
} as const;

export const ALL = flag('Follow the pages to the end');

export const defineResource = <const R extends Resource>(resource: { id?: string } & Omit<R, 'id'>): Resource => ({
  id: 'id',
  ...resource,
});

/** `{folder_id}` in a template. */
export function placeholdersOf(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** The flag or argument of an API key. */
export function kebab(key: string): string {
  return key.replaceAll('_', '-');
}
