// The vocabulary for what a command takes: one constructor a kind of value. Data only; argv is decoded elsewhere.

type Common = {
  readonly summary: string;
  /** One letter, without its dash. */
  readonly short?: string;
  readonly required?: boolean;
  /** Stands for the value in help: `<uuid>`. */
  readonly placeholder?: string;
  /** A value for an example, where the kind's own would be no good one. */
  readonly example?: string;
  /** Where the value comes from without the flag, as help shows it. */
  readonly notes?: string;
  /** The flag's name, where it is not the API's key in kebab-case. */
  readonly flag?: string;
  /** The value where the flag is not given. */
  readonly default?: unknown;
  /** Which part of the credentials' identity stands for the flag where it is not given. */
  readonly from?: 'tenantId' | 'userId';
  /** The flag may be given more often, at most so many times. */
  readonly maxCount?: number;
  /** Flags that cannot stand beside this one. */
  readonly conflictsWith?: readonly string[];
  /** A flag without which this one means nothing. */
  readonly requires?: string;
  /** Becomes a part of a URL's path, where nothing, `.` and `..` would lead elsewhere. */
  readonly isPathSegment?: boolean;
};

type Kinds =
  | { readonly kind: 'text' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'integer' | 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'object'; readonly keys?: readonly string[] }
  | { readonly kind: 'color' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'negatable' };

export type Field = Common & Kinds;

/** Keyed by the flag's name, or by the argument's; in the rows of resources by the API's key. */
export type Fields = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> = F extends { kind: 'flag' | 'negatable' }
  ? boolean
  : F extends { kind: 'integer' | 'number' }
    ? number
    : F extends { kind: 'object' }
      ? Readonly<Record<string, unknown>>
      : F extends { kind: 'choice'; choices: readonly (infer C)[] }
        ? C
        : string;

type Given<F extends Field> = F extends { maxCount: number } ? readonly ValueOf<F>[] : ValueOf<F>;

/** What a command receives for its fields: required ones, presets and switches always, the others where given. */
export type Input<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends { required: true } | { default: string | number } | { kind: 'flag' }
    ? Given<F[K]>
    : Given<F[K]> | undefined;
};

type Rest = Omit<Common, 'summary'>;
type Bounds = { readonly min?: number; readonly max?: number };

/** A constructor of fields of one kind, which keeps the types of what it is given. */
function valued<const K extends Field['kind'], More = unknown>(kind: K, placeholder: string) {
  return <const R extends Rest & More>(summary: string, rest: R = {} as R) =>
    ({ kind, summary, placeholder, ...rest }) as const;
}

export const text = valued('text', 'text');

/** Taken with or without dashes and in any case; handed on in canonical form (RFC 9562). */
export const uuid = valued('uuid', 'uuid');

export const integer = valued<'integer', Bounds>('integer', 'number');

/** With a fraction or without. */
export const number = valued<'number', Bounds>('number', 'number');

/** A JSON object; `keys` are the ones that it may hold. */
export const object = valued<'object', { readonly keys?: readonly string[] }>('object', 'json');

/** Six hexadecimal digits; a leading # is dropped. */
export const color = valued('color', 'rrggbb');

export const choice = <const C extends readonly string[], const R extends Rest>(
  summary: string,
  choices: C,
  rest: R = {} as R,
) => ({ kind: 'choice', summary, choices, placeholder: choices.join('|'), ...rest }) as const;

/** Takes no value; absent means no. */
export const flag = <const R extends Rest>(summary: string, rest: R = {} as R) =>
  ({ kind: 'flag', summary, ...rest }) as const;

/** Takes no value; `--no-…` says no, and absent leaves it to the server. */
export const negatable = <const R extends Rest>(summary: string, rest: R = {} as R) =>
  ({ kind: 'negatable', summary, ...rest }) as const;

export function takesValue({ kind }: Field): boolean {
  return kind !== 'flag' && kind !== 'negatable';
}
