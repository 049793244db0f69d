// The vocabulary for API commands: an operation is one row, a resource is a group of them. Data only, but for the functions
// that a row names where it cannot say what it means.

import { type Field, type Fields, flag, integer } from './fields.ts';

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
  /** Placeholders that are arguments but no UUIDs, and parts of the body that are arguments. */
  readonly args?: Fields;
  /** Placeholders that are flags. */
  readonly pathFlags?: Fields;
  readonly query?: Fields;
  readonly body?: Fields;
  /** Flags that are not sent: they choose the request or shape the output. */
  readonly clientOnly?: Fields;
  /** Only reads, though its method could change something. */
  readonly isSafe?: true;
  /** The request that older servers knew in its place: asked where this one is not known, with the same flags. */
  readonly formerly?: Formerly;
  /** For a request that only older servers know: the sentence where this one does not. */
  readonly unknownMessage?: string;
  /** Keys of flags of which exactly one is needed. */
  readonly oneOf?: readonly string[];
  /** The body that is sent, where it is not simply the flags by their keys. */
  readonly toBody?: (body: Given) => Given;
  /** Another path or other pairs in the query, depending on what was typed. */
  readonly prepare?: (given: Given, ask: Ask) => Promise<{ readonly path?: string; readonly query?: Given }>;
  /** The sentence for a success, with placeholders. */
  readonly successMessage?: string;
  /** The question before something is lost, where `confirm` asks. */
  readonly confirmation?: string;
  /** The path of a list that is lost with it: the question tells its length. */
  readonly losesList?: string;
  readonly columns?: readonly string[];
  /** The row's own key, where it is another than the resource's. */
  readonly id?: string;
  /** The key of a list's rows, if the list is no bare array. An answer of a row without it is one object. */
  readonly itemsKey?: string;
  /** How the rows hang together as a tree. */
  readonly tree?: TreeShape;
};

/** @property isReadAsId older servers take the end of the described path for an id */
type Formerly<Path extends string = string> = {
  readonly method: Method;
  readonly path: Path;
  readonly isReadAsId?: true;
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

/** `'a' | 'b'` of `/v1/{a}/x/{b}`. */
type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer After}`
  ? Name | Placeholder<After>
  : never;

/** The sentence itself; or, where it has a placeholder that is no key, the complaint that the compiler shows. */
type Sentence<Text extends string, Key extends string> = Text extends string
  ? Exclude<Placeholder<Text>, Key> extends never
    ? Text
    : `{${Exclude<Placeholder<Text>, Key>}} is no field of this row`
  : never;

type FlagFields<Flag extends string> = { readonly [K in Flag]?: Field<NoInfer<Flag>> };

/** A row's path and fields, which the compiler checks against each other. @typeParam Flag keys of its flags */
type Checked<Path extends string, Flag extends string, Arg extends string, Text extends string> = {
  readonly args?: { readonly [K in Arg]?: Field };
  readonly pathFlags?: { readonly [K in Placeholder<Path>]?: Field<NoInfer<Flag>> };
  readonly query?: FlagFields<Flag>;
  readonly body?: FlagFields<Flag>;
  readonly clientOnly?: FlagFields<Flag>;
  readonly oneOf?: readonly NoInfer<Flag>[];
  readonly formerly?: Formerly<Sentence<Text, Placeholder<Path>>>;
  readonly successMessage?: Sentence<Text, Placeholder<Path> | Flag | Arg>;
  readonly confirmation?: Sentence<Text, Placeholder<Path> | Flag | Arg>;
};

/** An operation as it is written down. */
type Row<Path extends string, Flag extends string, Arg extends string, Text extends string> = Omit<
  Operation,
  'method' | 'path' | keyof Checked<Path, Flag, Arg, Text>
> &
  Checked<Path, Flag, Arg, Text>;

type DefineOperation = <
  const Path extends string,
  Flag extends string = never,
  Arg extends string = never,
  const Text extends string = never,
>(
  path: Path,
  row: Row<Path, Flag, Arg, Text>,
) => Operation;

/** Checks the row's keys against each other, and forgets their types. */
function defineMethod(method: Method): DefineOperation {
  return (path, row) => ({ method, path, ...row }) as Operation;
}

export const get = defineMethod('GET');
export const post = defineMethod('POST');
export const patch = defineMethod('PATCH');
export const del = defineMethod('DELETE');

/** A list whose pages are asked for with limit and offset. */
export const list: DefineOperation = (path, row) => {
  const operation = get(path, row);
  return {
    ...operation,
    itemsKey: 'items',
    query: { ...operation.query, ...PAGE },
    clientOnly: { ...operation.clientOnly, all: ALL },
  };
};

/** Something is lost, and a sentence says what. */
export const remove = <const Path extends string, Flag extends string = never>(
  path: Path,
  thing: string,
  row: Pick<Row<Path, Flag, never, never>, 'pathFlags' | 'query' | 'losesList'> = {},
): Operation => {
  const key = listPlaceholders(path).at(-1);
  const summary = `Delete ${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${thing}`;
  return {
    ...del<Path, Flag>(path, { summary, ...row }),
    confirmation: `Delete ${thing} {${key}}`,
    successMessage: `Deleted ${thing} {${key}}`,
  };
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

const PAGE = {
  limit: integer('Maximum rows', { short: 'l', min: 1, max: LARGEST_PAGE, default: SCREENFUL }),
  offset: integer('Rows to skip', { short: 'o', min: 0, default: 0 }),
} as const;

export const ALL = flag('All rows, over all pages');

export const defineResource = (resource: Omit<Resource, 'id'> & Partial<Pick<Resource, 'id'>>): Resource => ({
  id: 'id',
  ...resource,
});

/** `{folder_id}` in a path. */
export function listPlaceholders(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** The flag or argument of an API key. */
export function toKebab(key: string): string {
  return key.replaceAll('_', '-');
}
