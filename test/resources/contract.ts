// The description of the API as facts: an operation a line, by method and path.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Schema = {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  /** Characters of a text. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  /** Of an object: whether it takes other keys, or the type of their values. */
  readonly additional?: boolean | string;
  readonly required?: boolean;
  readonly items?: Schema;
  readonly fields?: Schemas;
};

export type Schemas = Readonly<Record<string, Schema>>;

/** The keys of an object and their types, `uuid|null?`; or the type of a bare value. */
export type Shape = Readonly<Record<string, string>> | string;

export type Described = {
  readonly pathParameters?: Schemas;
  readonly query?: Schemas;
  readonly body?: { readonly contentType: string; readonly fields: Schemas };
  readonly answer: {
    /** Where the rows are: a page's `items`, the array itself, or under this key. */
    readonly list: false | string;
    readonly status: number;
    /** Of an object. */
    readonly fields?: Shape;
    /** Of the rows of a page or an array. */
    readonly items?: Shape;
    /** Of the rows under a key. */
    readonly rows?: Readonly<Record<string, Shape>>;
  };
};

export const CONTRACT: Readonly<Record<string, Described>> = JSON.parse(
  readFileSync(join(import.meta.dir, 'contract.json'), 'utf8'),
);
