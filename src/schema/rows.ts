// The words that rows are written in: one a method, and some for rows that are alike. The compiler checks the keys of a row
// against each other.

import { type Field, flag, integer } from './fields.ts';
import {
  type Formerly,
  LARGEST_PAGE,
  listPlaceholders,
  type Method,
  type Operation,
  type Resource,
  SCREENFUL,
} from './operations.ts';

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
type Checked<Path extends string, Flag extends string, Text extends string> = {
  readonly args?: { readonly [K in Placeholder<Path>]?: Field };
  readonly pathFlags?: { readonly [K in Placeholder<Path>]?: Field<NoInfer<Flag>> };
  readonly query?: FlagFields<Flag>;
  readonly body?: FlagFields<Flag>;
  readonly form?: FlagFields<Flag>;
  readonly clientOnly?: FlagFields<Flag>;
  readonly oneOf?: readonly NoInfer<Flag>[];
  readonly formerly?: Formerly<Sentence<Text, Placeholder<Path>>>;
  readonly successMessage?: Sentence<Text, Placeholder<Path> | Flag>;
  readonly changedMessage?: Sentence<Text, Placeholder<Path> | Flag>;
  readonly confirmation?: Sentence<Text, Placeholder<Path> | Flag>;
};

/** An operation as it is written down. */
type Row<Path extends string, Flag extends string, Text extends string> = Omit<
  Operation,
  'method' | 'path' | keyof Checked<Path, Flag, Text>
> &
  Checked<Path, Flag, Text>;

type DefineOperation = <const Path extends string, Flag extends string = never, const Text extends string = never>(
  path: Path,
  row: Row<Path, Flag, Text>,
) => Operation;

/** Checks the row's keys against each other, and forgets their types. */
function defineMethod(method: Method): DefineOperation {
  return (path, row) => ({ method, path, ...row }) as Operation;
}

export const get = defineMethod('GET');
export const post = defineMethod('POST');
export const put = defineMethod('PUT');
export const patch = defineMethod('PATCH');
export const del = defineMethod('DELETE');

/** One thing by its id; several by theirs. */
export const getEach: DefineOperation = (path, row) => get(path, { each: true, ...row });

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
  row: Pick<Row<Path, Flag, never>, 'pathFlags' | 'query' | 'losesList'> = {},
): Operation => {
  const key = listPlaceholders(path).at(-1);
  const summary = `Delete ${/^[aeiouA]/.test(thing) ? 'an' : 'a'} ${thing}`;
  return {
    ...del<Path, Flag>(path, { summary, each: true, ...row }),
    confirmation: `Delete ${thing} {${key}}`,
    successMessage: `Deleted ${thing} {${key}}`,
  };
};

const PAGE = {
  limit: integer('Maximum rows', { short: 'l', min: 1, max: LARGEST_PAGE, default: SCREENFUL }),
  offset: integer('Rows to skip', { short: 'o', min: 0, default: 0 }),
} as const;

export const ALL = flag('All rows, over all pages');

export const YES = flag('Do not ask for confirmation');

/** For what `isLasting`. */
export const ALLOW_LASTING = flag('Allow what outlives the session, as somebody else');

/** For a row that `waitsFor` something. */
export const WAIT = {
  wait: flag('Wait until the workflow has ended'),
  wait_timeout: integer('Longest time to wait, in seconds', { min: 1, default: 600, requires: 'wait' }),
} as const;

export const defineResource = (resource: Omit<Resource, 'id'> & Partial<Pick<Resource, 'id'>>): Resource => ({
  id: 'id',
  ...resource,
});
