// The flags of commands that show rows: which of them, in which order, with which columns. Nothing of it is sent.

import { Failure } from '../errors.ts';
import type { Condition, Order } from './conditions.ts';
import { choice, condition, type Fields, type Input, names, order } from './fields.ts';
import type { Format } from './formats.ts';

const MANY = 100;

export const TIMES = ['utc', 'local', 'ago'] as const;
export type Times = (typeof TIMES)[number];

/** The word in place of columns that lists them. */
export const HELP = 'help';

/** What one object takes too. */
export const OBJECT_VIEW = {
  columns: names('Columns to show, like id,owner.email; help lists them'),
  times: choice('Times of a table in UTC, in local time, or as time ago', TIMES),
} as const satisfies Fields;

export const ROWS_VIEW = {
  where: condition('Only rows where key=value, key!=value or key~text holds', { maxCount: MANY }),
  'sort-by': order('Sort by this key; with --all, all rows are held'),
} as const satisfies Fields;

export const VIEW = {
  columns: OBJECT_VIEW.columns,
  ...ROWS_VIEW,
  times: OBJECT_VIEW.times,
} as const satisfies Fields;

export type View = {
  /** In this order; the server's, where it is undefined. */
  readonly columns: readonly string[] | undefined;
  /** All of them hold. */
  readonly where: readonly Condition[];
  readonly order: Order | undefined;
  readonly times: Times | undefined;
};

/**
 * undefined where nothing of it was typed, or the command has no such flags.
 * @throws Failure 'usage' for a format that shows nothing of it
 */
export function readView(input: Input<Fields>, format: Format): View | undefined {
  const { columns, where = [], 'sort-by': order, times } = input as Partial<Input<typeof VIEW>>;
  if (columns === undefined && where.length === 0 && order === undefined && times === undefined) return undefined;
  if (times && format !== 'table') throw unfit('--times', 'is for tables', format);
  if (columns && ['id-only', 'tree'].includes(format)) throw unfit('--columns', 'is not for ids and trees', format);
  return { columns, where, order, times };
}

function unfit(flag: string, why: string, format: Format): Failure {
  return new Failure('usage', `${flag} ${why}, and the format is ${format}`);
}
