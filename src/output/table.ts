// Tables for people, drawn by cli-table3: objects as Key/Value, lists with a column a key.

import Table from 'cli-table3';
import { type Json, keysIn } from '../json/value.ts';
import { stripControls } from '../terminal/sanitize.ts';
import { formatCell } from './cell.ts';
import { acrossCells, fit, type Lines, measureWidths, PADDING, wrap } from './columns.ts';
import type { Page } from './page.ts';
import { asObject, rowsIn, totalIn, type Whole } from './result.ts';

const KEY_WIDTH = 11;

export function formatTable({ data, columns, itemsKey, footer: last }: Whole, page: Page): string {
  const rows = rowsIn(data, itemsKey);
  if (rows === undefined) return formatObject(data, page);
  const total = totalIn(data);
  const sum = last ?? (total === undefined || total === null ? undefined : `Total: ${formatCell(total)}`);
  const footer = sum === undefined ? '' : `\n${sum}\n`;
  if (rows.length === 0) return `No results.\n${last === undefined ? '' : footer}`;
  const keys = columns ?? keysIn(asObject(rows[0] ?? null));
  const cells = rows.map((row) => keys.map((key) => formatCell(asObject(row)[key])));
  return `${draw(
    keys.map((key) => key.toUpperCase()),
    cells,
    0,
    page,
  )}\n${footer}`;
}

function formatObject(data: Json, page: Page): string {
  const object = asObject(data);
  const cells = keysIn(object).map((key) => [key, formatCell(object[key])]);
  return `${draw(['Key', 'Value'], cells, KEY_WIDTH, page)}\n`;
}

/** cli-table3 takes longer for each row the more there are, so a long table is drawn in parts of this many rows. */
const PART = 200;

function draw(head: string[], cells: string[][], firstWidth: number, page: Page): string {
  const titles = page.noHeader ? [] : [head.map((title) => [title])];
  const texts = cells.map((row) => row.map((cell) => splitLines(cell, page)));
  const natural = measureWidths([...titles, ...texts], firstWidth);
  const widths = page.width === undefined ? natural : fit(natural, page.width);
  const wrapped = (row: readonly Lines[]) => (page.width === undefined ? row : wrap(row, widths));
  // Nothing is drawn between two rows, so a line is a row: cells of many lines would take cli-table3 far too long.
  const rows = texts.flatMap((row) => acrossCells(wrapped(row)));
  const title = titles.map(wrapped)[0]?.map((lines) => lines.join('\n'));
  const limits = page.width === undefined ? limitsInPipe(natural, firstWidth, rows) : widths;
  const parts: string[] = [];
  for (let at = 0; at === 0 || at < rows.length; at += PART) {
    const lines = drawPart(at === 0 ? title : undefined, rows.slice(at, at + PART), limits).split('\n');
    // Without the border where two parts meet.
    parts.push(...lines.slice(at === 0 ? 0 : 1, at + PART < rows.length ? -1 : undefined));
  }
  return parts.join('\n').replaceAll(STAND_IN, ESCAPE);
}

/** cli-table3 ends every colour that it finds in a cell. A character without width, of no use to anybody, keeps it from looking. */
const ESCAPE = '\x1b';
const STAND_IN = '\u{e001b}';

/** A terminal gets no control characters, and they must not count. */
function splitLines(cell: string, { isTerminal }: Page): Lines {
  const text = isTerminal ? stripControls(cell) : cell.replaceAll(ESCAPE, STAND_IN);
  return text.replaceAll('\t', '    ').split(/\r\n?|\n/);
}

/**
 * cli-table3 cuts what is wider than its column. So it finds the widths itself, or where parts that are drawn apart need
 * the same ones, they are as wide as any way of counting would say.
 */
function limitsInPipe(natural: number[], firstWidth: number, rows: string[][]): (number | null)[] {
  if (rows.length <= PART) return natural.map((width) => (width === firstWidth ? width : null));
  const most = rows.map((row) => row.map((line) => [line]));
  return measureWidths(most, 0, ({ length }) => length).map((length, column) => Math.max(length, natural[column] ?? 1));
}

function drawPart(head: string[] | undefined, rows: string[][], widths: readonly (number | null)[]): string {
  const table = new Table({
    style: { head: [], border: [], compact: true },
    colWidths: widths.map((width) => width && width + PADDING),
    ...(head && { head }),
  });
  table.push(...rows);
  return table.toString();
}
