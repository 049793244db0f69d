// What a field says of its values beside their kind. Data only.

import type { PlaceKind } from './place.ts';

/** @property of the thing in the tree that has the id: its path may stand for it @property isTopWithout without the flag, the top is meant */
export type Placed = { readonly of?: PlaceKind; readonly isTopWithout?: true };

/** Of a text: characters. */
export type Bounds = { readonly min?: number; readonly max?: number };

/** @property endings of names that are taken @property maxBytes of the file @property nameKey the field that names it for the server */
export type Accepted = { readonly endings?: readonly string[]; readonly maxBytes?: number; readonly nameKey?: string };

export type Contents = {
  /** The keys that it may hold. */
  readonly keys?: readonly string[];
  /** Keys that it must hold: an object, or one of these words. */
  readonly needs?: Readonly<Record<string, 'object' | readonly string[]>>;
  /** All of its values are texts. */
  readonly ofTexts?: true;
  /** Its keys are sent beside those of the other flags, which win. */
  readonly isMerged?: true;
  /** Keys of the Python kscli: sent as a list under this name, or with `null` not at all. */
  readonly formerKeys?: Readonly<Record<string, string | null>>;
};
