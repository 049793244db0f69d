// The page that a result is printed on: its format, and the terminal or pipe behind stdout.

import type { Format } from '../schema/formats.ts';
import type { Clock } from './time.ts';

export type Page = {
  readonly format: Format;
  readonly noHeader: boolean;
  /** Columns of the terminal; undefined in a pipe, where nothing is cut or cleaned. */
  readonly width: number | undefined;
  readonly isTerminal: boolean;
  readonly hasColor: boolean;
  /** How a table shows times; absent where it shows them as they came. */
  readonly clock?: Clock;
};
