// What becomes of a text: a value, or a complaint about it.

/** In words that follow the value: `is not a UUID`. */
export type Complaint = {
  readonly why: string;
  /** The value that was probably meant. */
  readonly near?: string | undefined;
  /** Stands for a value that may hold a secret. */
  readonly shown?: string | undefined;
};

export type Decoded = { readonly value: unknown } | Complaint;
