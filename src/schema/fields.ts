// The vocabulary for what a command takes: one constructor a kind of value. Data only; argv is decoded elsewhere.

import type { Condition, Order } from './conditions.ts';
import type { Accepted, Bounds, Contents, Placed } from './limits.ts';
import type { PlaceKind } from './place.ts';

/** @typeParam Key the fields beside it */
type Common<Key extends string> = {
  readonly summary: string;
  /** One letter, without its dash. */
  readonly short?: string;
  /** `here`: needed by kscli, though the server does without. */
  readonly required?: boolean | 'here';
  /** Stands for the value in help: `<uuid>`. */
  readonly placeholder?: string;
  /** A value for an example, where the kind's own would be no good one. */
  readonly example?: string;
  /** The source of the value without the flag, as help shows it. */
  readonly notes?: string;
  /** The name of the flag or argument, where it is not the last part of the API's key in kebab-case. */
  readonly flag?: string;
  /** The API's key, where two fields of a row stand for the same one. */
  readonly key?: string;
  /** In a row: an argument, though it is sent as flags are. */
  readonly isArgument?: true;
  /** Sent as a list of this one value. */
  readonly isWrapped?: true;
  /** Other names that are taken, for scripts that have them: told in help alone. */
  readonly aliases?: readonly string[];
  /** The value where the flag is not given. */
  readonly default?: unknown;
  /** The server's own value where the flag is not given: told, and not sent. */
  readonly serverDefault?: unknown;
  /** The part of the credentials' identity that stands for a flag that is not given. */
  readonly from?: 'tenantId' | 'userId';
  /** The flag may be given more often, at most so many times. */
  readonly maxCount?: number;
  /** Fields that cannot be given beside this one. */
  readonly conflictsWith?: readonly Key[];
  /** A field without which this one means nothing. */
  readonly requires?: Key;
  /**
   * The value may come from a file or standard input too: a second flag, with `-file` behind its name, says which.
   * `secret`: only from there, without its last line end, and no message shows it.
   */
  readonly file?: true | 'secret';
  /** Shown in no message, nor any word that may have been meant for it. */
  readonly isSecret?: true;
  /** That second flag, in the fields of a command: beside it, a lone `-` is no text. */
  readonly fileFlag?: string;
  /** `-` stands for the lines of standard input, a value each. */
  readonly takesLines?: boolean;
  /** Becomes a part of a URL's path, where nothing, `.` and `..` would lead elsewhere. */
  readonly isPathSegment?: boolean;
};

type Kinds =
  | ({ readonly kind: 'text' } & Bounds)
  | { readonly kind: 'path' | 'url' | 'session' | 'time' }
  | ({ readonly kind: 'uuid' } & Placed)
  | ({ readonly kind: 'upload' } & Accepted)
  | { readonly kind: 'names' | 'condition' | 'order' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | ({ readonly kind: 'integer' | 'number' | 'duration' | 'period' } & Bounds)
  | ({ readonly kind: 'object' } & Contents)
  | { readonly kind: 'color' | 'words' }
  | { readonly kind: 'flag' | 'negatable' }
  | { readonly kind: 'boolean'; readonly or?: readonly string[] };

export type Field<Key extends string = string> = Common<Key> & Kinds;

/** Keyed by the flag's name, or by the argument's; in the rows of resources by the API's key. */
export type Fields<Key extends string = string> = Readonly<Record<string, Field<Key>>>;

export type ValueOf<F extends Field> = F extends { kind: 'boolean'; or: readonly (infer W)[] }
  ? boolean | W
  : F extends { kind: 'boolean' | 'flag' | 'negatable' }
    ? boolean
    : F extends { kind: 'integer' | 'number' | 'duration' | 'period' }
      ? number
      : F extends { kind: 'object' }
        ? Readonly<Record<string, unknown>>
        : F extends { kind: 'choice'; choices: readonly (infer C)[] }
          ? C
          : F extends { kind: keyof Composed }
            ? Composed[F['kind']]
            : string;

type Composed = {
  readonly words: readonly string[];
  readonly names: readonly string[];
  readonly condition: Condition;
  readonly order: Order;
};

type Given<F extends Field> = F extends { maxCount: number } ? readonly ValueOf<F>[] : ValueOf<F>;

/** The values of a command's fields: required ones, defaults and flags always, the others where given. */
export type Input<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends { required: true | 'here' } | { default: string | number } | { kind: 'flag' }
    ? Given<F[K]>
    : Given<F[K]> | undefined;
};

type Options = Omit<Common<string>, 'summary'>;
type Nothing = Record<never, never>;

/** An option that is not known is misspelt: the compiler wants it to be absent. */
type Only<Known, Typed> = { readonly [K in Exclude<keyof Typed, keyof Known>]: never };

/** A constructor of fields of one kind. Keeps the types of the options; NoInfer, so that the place of the call does not widen them. */
function defineKind<const K extends Field['kind'], More = unknown>(kind: K, placeholder?: string) {
  return <const O extends Options & More = Nothing & More>(summary: string, options?: O & Only<Options & More, O>) =>
    ({ kind, summary, ...(placeholder && { placeholder }), ...(options as NoInfer<O>) }) as const;
}

export const text = defineKind<'text', Bounds>('text', 'text');

/** RFC 3339: a date, a time and an offset. */
export const time = defineKind('time', 'time');

/** A file that is sent as it is, or a pipe. */
export const upload = defineKind<'upload', Accepted>('upload', 'file');

/** Taken with or without dashes and in any case; handed on in canonical form (RFC 9562). */
export const uuid = defineKind('uuid', 'uuid');

/** A UUID, or the path of the thing that has it: `/shared/reports/2026.pdf`. A path is handed on as it is. */
export const idOf = <const O extends Options & Pick<Placed, 'isTopWithout'> = Nothing>(
  of: PlaceKind,
  summary: string,
  options?: O & Only<Options & Pick<Placed, 'isTopWithout'>, O>,
) => ({ kind: 'uuid', of, summary, placeholder: 'path|id', ...(options as NoInfer<O>) }) as const;

/** The name of a session; an empty one is the unnamed session, and no value. */
export const session = defineKind('session', 'name');

/** Of a file or directory, never of another host; a leading `~/` is the home directory. */
export const path = defineKind('path', 'path');

/** http or https, without user, password, query and fragment. */
export const url = defineKind('url', 'url');

/** In seconds. */
export const duration = defineKind<'duration', Bounds>('duration', 'seconds');

/** In seconds, typed with a unit: `90s`, `30m`, `1h30m`. */
export const period = defineKind<'period', Bounds>('period', 'time');

/** A command, word for word: a JSON list. */
export const words = defineKind('words', 'words');

export const integer = defineKind<'integer', Bounds>('integer', 'number');

/** With a fraction or without. */
export const number = defineKind<'number', Bounds>('number', 'number');

/** A JSON object. */
export const object = defineKind<'object', Contents>('object', 'json');

/** Six hexadecimal digits; a leading # is dropped. */
export const color = defineKind('color', 'rrggbb');

/** Of columns, with commas between them. */
export const names = defineKind('names', 'names');

/** That a row holds or does not. */
export const condition = defineKind('condition', 'condition');

/** Of rows: by a key, up or down. */
export const order = defineKind('order', 'key[:desc]');

export const choice = <
  const C extends readonly string[],
  const O extends Options & { readonly default?: C[number] } = Nothing,
>(
  summary: string,
  choices: C,
  options?: O & Only<Options, O>,
) => ({ kind: 'choice', summary, choices, placeholder: choices.join('|'), ...(options as NoInfer<O>) }) as const;

/** A word for yes or no, or one of `or`: a setting that is no flag. */
export const boolean = defineKind<'boolean', { readonly or?: readonly string[] }>('boolean', 'true|false');

/** Takes no value; absent means no. */
export const flag = defineKind('flag');

/** Takes no value; `--no-…` says no, and absent leaves it to the server. */
export const negatable = defineKind('negatable');

export function takesValue({ kind }: Field): boolean {
  return kind !== 'flag' && kind !== 'negatable';
}
