// Rows as comma-separated values (RFC 4180), or with tabs between them. A value stays as it came, also where a spreadsheet
// would take it for a formula.

import { ExactNumber } from '../json/exact-number.ts';
import { formatInline } from '../json/format.ts';
import { lookUpIn } from '../json/look-up.ts';
import { type Json, type JsonObject, keysIn } from '../json/value.ts';
import type { Page } from './page.ts';
import { asObject, findRows, type Layout, type Whole } from './result.ts';

type Dialect = {
  readonly separator: string;
  /** RFC 4180 ends a line with both; a shell that reads a line would keep the first. */
  readonly end: string;
  /** Marks of a value that is quoted. */
  readonly special: RegExp;
};

const DIALECTS = {
  csv: { separator: ',', end: '\r\n', special: /[",\r\n]/ },
  tsv: { separator: '\t', end: '\n', special: /["\t\r\n]/ },
} as const satisfies Readonly<Record<string, Dialect>>;

type SheetFormat = keyof typeof DIALECTS;

/** An object is one row, of all its keys. */
export function formatSheet(show: Whole, format: SheetFormat, page: Pick<Page, 'noHeader'>): string {
  const rows = findRows(show);
  const writer = createSheet(rows ? show : {}, format, page);
  return writer.rows(rows ?? [show.data]) + writer.end();
}

export type SheetWriter = {
  /** The first ones under the line of names. */
  readonly rows: (rows: readonly Json[]) => string;
  /** The line of names, where no row came. */
  readonly end: () => string;
};

/** @param columns all keys of the first row where it is absent */
export function createSheet(
  { columns: known }: Pick<Layout, 'columns'>,
  format: SheetFormat,
  { noHeader }: Pick<Page, 'noHeader'>,
): SheetWriter {
  const dialect = DIALECTS[format];
  let columns = known;
  let isBegun = noHeader;
  const begin = (): string => {
    if (isBegun || columns === undefined) return '';
    isBegun = true;
    return formatRow(Object.fromEntries(columns.map((name) => [name, name])), columns, dialect);
  };
  return {
    rows: (rows) => {
      if (rows.length > 0) columns ??= keysIn(asObject(rows[0] ?? null));
      const names = columns ?? [];
      let text = begin();
      for (const row of rows) text += formatRow(asObject(row), names, dialect);
      return text;
    },
    end: begin,
  };
}

function formatRow(row: JsonObject, names: readonly string[], { separator, end, special }: Dialect): string {
  if (names.length === 0) return '';
  let line = '';
  for (let at = 0; at < names.length; at++) {
    const name = names[at] ?? '';
    if (at > 0) line += separator;
    line += formatValue(lookUpIn(row, name) ?? null, special);
  }
  // Many readers skip an empty line.
  return (line === '' ? '""' : line) + end;
}

/** Nothing for null, and "" for a text without characters. */
function formatValue(value: Json, special: RegExp): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof ExactNumber) return String(value);
  const text = typeof value === 'string' ? value : formatInline(value, '');
  return text === '' || special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
