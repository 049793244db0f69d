// The vocabulary for what a command takes: one constructor a kind of value. Data only; argv is decoded elsewhere.

type Common = {
  readonly summary: string;
  /** One letter, without its dash. */
  readonly short?: string;
  readonly required?: boolean;
  /** Stands for the value in help: `<uuid>`. */
  readonly placeholder?: string;
  /** Where the value comes from without the flag, as help shows it. */
  readonly fallback?: string;
};

type Kinds =
  | { readonly kind: 'text' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'switch' };

export type Field = Common & Kinds;

/** Keyed by the flag's name, or by the argument's. */
export type Fields = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> = F extends { kind: 'switch' }
  ? boolean
  : F extends { kind: 'choice'; choices: readonly (infer C)[] }
    ? C
    : string;

/** What a command receives for its fields: required ones and switches always, the others where given. */
export type Input<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends { required: true } | { kind: 'switch' }
    ? ValueOf<F[K]>
    : ValueOf<F[K]> | undefined;
};

type Rest<F> = Omit<F, 'kind' | 'summary' | 'choices'>;

export const text = <const R extends Rest<Common>>(summary: string, rest: R) =>
  ({ kind: 'text', summary, placeholder: 'text' as string, ...rest }) as const;

/** Taken with or without dashes and in any case; handed on in canonical form (RFC 9562). */
export const uuid = <const R extends Rest<Common>>(summary: string, rest: R) =>
  ({ kind: 'uuid', summary, placeholder: 'uuid' as string, ...rest }) as const;

export const choice = <const C extends readonly string[], const R extends Rest<Common>>(
  summary: string,
  choices: C,
  rest: R,
) => ({ kind: 'choice', summary, choices, placeholder: choices.join('|'), ...rest }) as const;
