// Tables for people, drawn by cli-table3: objects as Key/Value, lists with a column a key.

import Table from 'cli-table3';
import { type Json, keysOf } from '../json.ts';
import { formatCell } from './cell.ts';
import type { Page } from './render.ts';
import { asObject, rowsOf, totalOf, type View } from './view.ts';

const KEY_WIDTH = 11;
const PADDING = 2;

export function formatTable({ data, columns, rows: key, footer: last }: View, page: Page): string {
  const rows = rowsOf(data, key);
  if (rows === undefined) return formatObject(data, page);
  if (rows.length === 0) return 'No results.\n';
  const keys = columns ?? keysOf(asObject(rows[0] ?? null));
  const cells = rows.map((row) => keys.map((key) => formatCell(asObject(row)[key])));
  const total = totalOf(data);
  const sum = last ?? (total === undefined || total === null ? undefined : `Total: ${formatCell(total)}`);
  const footer = sum === undefined ? '' : `\n${sum}\n`;
  return `${draw(
    keys.map((key) => key.toUpperCase()),
    cells,
    0,
    page,
  )}\n${footer}`;
}

function formatObject(data: Json, page: Page): string {
  const object = asObject(data);
  const cells = keysOf(object).map((key) => [key, formatCell(object[key])]);
  return `${draw(['Key', 'Value'], cells, KEY_WIDTH, page)}\n`;
}

/** cli-table3 takes longer for each row the more there are, so a long table is drawn in parts of this many rows. */
const PART = 200;

/** cli-table3 ends every colour that it finds in a cell. A character without width, of no use to anybody, keeps it from looking. */
const ESCAPE = '\x1b';
const STAND_IN = '\u{e001b}';

function draw(head: string[], cells: string[][], firstWidth: number, page: Page): string {
  const safe = cells.map((row) =>
    row.map((cell) => cell.replaceAll('\t', '    ').replace(/\r\n?/g, '\n').replaceAll(ESCAPE, STAND_IN)),
  );
  const isLong = safe.length > PART;
  const natural = naturalWidths(page.noHeader ? safe : [head, ...safe], firstWidth, isLong);
  const widths = fit(natural, page.width);
  // A width that is given is a limit. In a pipe there is none, whatever the two ways of counting a character's width say.
  const limits = widths.map((width, column) =>
    isLong || width < (natural[column] ?? 0) || width === firstWidth ? width + PADDING : null,
  );
  const parts: string[] = [];
  for (let at = 0; at < safe.length; at += PART) {
    const lines = drawPart(at === 0 && !page.noHeader ? head : undefined, safe.slice(at, at + PART), limits).split(
      '\n',
    );
    // Without the border where two parts meet.
    parts.push(...lines.slice(at === 0 ? 0 : 1, at + PART < safe.length ? -1 : undefined));
  }
  return parts.join('\n').replaceAll(STAND_IN, ESCAPE);
}

function drawPart(head: string[] | undefined, rows: string[][], colWidths: (number | null)[]): string {
  const table = new Table({
    style: { head: [], border: [], compact: true },
    colWidths,
    wordWrap: true,
    wrapOnWordBoundary: false,
    ...(head && { head }),
  });
  table.push(...rows);
  return table.toString();
}

/** @param isUpperBound at least as wide as any way of counting would say */
function naturalWidths(rows: readonly string[][], firstWidth: number, isUpperBound: boolean): number[] {
  const widths: number[] = [firstWidth];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      for (const line of cell.split('\n')) {
        const width = Math.max(Bun.stringWidth(line), isUpperBound ? line.length : 0);
        widths[column] = Math.max(widths[column] ?? 1, width);
      }
    }
  }
  return widths;
}

const NARROWEST = 8;

/** Takes from the widest columns until the table fits; in a pipe nothing is taken. */
function fit(widths: readonly number[], terminal: number | undefined): number[] {
  const fitted = [...widths];
  if (terminal === undefined) return fitted;
  const borders = 1 + fitted.length * (PADDING + 1);
  for (let excess = fitted.reduce((sum, width) => sum + width, borders) - terminal; excess > 0; excess--) {
    const widest = Math.max(...fitted);
    if (widest <= NARROWEST) break;
    fitted[fitted.indexOf(widest)] = widest - 1;
  }
  return fitted;
}
